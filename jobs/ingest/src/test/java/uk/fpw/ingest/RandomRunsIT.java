package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.SchemaDefaults;

/**
 * Whatever happens to a source in any number of nights, and wherever a load is interrupted, {@code current} ends equal
 * to the source, and {@code raw} contains its state on every night. The nights are determined by
 * {@code -Dfpw.nights.seed}.
 */
@Tag("thorough")
class RandomRunsIT {

    private static final int NIGHTS = 29;
    private static final int KEYS = 45;
    private static final int CHANGES = 8;
    private static final int LOOK_BACK = 200;
    private static final LocalDate FIRST = LocalDate.of(2016, 1, 1);

    @TempDir
    Path folder;

    private final Random random = new Random(Long.getLong("fpw.nights.seed", 20160112));

    /** The source by key: the rest of each row. */
    private final Map<String, Row> source = new TreeMap<>();

    /** Rows written with one of today's numbers that become visible on a later day. */
    private final List<Map.Entry<String, Row>> late = new ArrayList<>();

    private long changeSeq = 1000;

    private record Row(String status, long changeSeq, boolean isDeleted) {}

    private enum Kind {
        CHANGES_AND_DELETION_MARKS,
        CHANGES_COMPARED_EVERY_WEEK,
        FULL_EXTRACT;

        boolean isWhole(int night) {
            return this != CHANGES_COMPARED_EVERY_WEEK || night % 7 == 0;
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void currentIsTheSourceAndRawEveryNightOfIt(Kind kind) throws SQLException {
        Map<LocalDate, Map<String, String>> nights = new LinkedHashMap<>();
        int interrupted = 0;
        try (Connection owner = DriverManager.getConnection(url(), "sa", "");
                IngestTestWarehouse warehouse = warehouse(kind)) {
            owner.createStatement().execute("create user fpw_reader password ''");
            owner.createStatement()
                    .execute("create table submission (exhibit_ref varchar(20), status varchar(20), change_seq "
                            + "bigint, is_deleted boolean)");
            owner.createStatement().execute("grant select on submission to fpw_reader");
            Map<String, String> current = Map.of();
            for (int night = 0; night < NIGHTS; night++) {
                LocalDate date = FIRST.plusDays(night);
                for (int change = random.nextInt(CHANGES); change >= 0 || source.isEmpty(); change--) {
                    change(kind);
                }
                write(owner);
                if (night > 0 && interrupt(warehouse, date)) {
                    interrupted++;
                    assertThat(current(warehouse)).isEqualTo(current);
                }
                warehouse.load("submissions", date.toString());
                current = current(warehouse);
                if (kind.isWhole(night)) {
                    assertThat(current).as("night %s", date).isEqualTo(living());
                }
                nights.put(date, current);
            }
            List<Record> versions = FeedBranch.rows(warehouse.catalog, "raw.submissions");
            nights.forEach((date, rows) -> assertThat(asKnownOn(date, versions))
                    .as("as known on %s", date)
                    .isEqualTo(rows));
        }
        assertThat(interrupted).isGreaterThan(3);
    }

    /** A change in an operational system. */
    private void change(Kind kind) {
        boolean marks = kind == Kind.CHANGES_AND_DELETION_MARKS;
        String key = "E" + random.nextInt(KEYS);
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                Row row = source.get(key);
                if (row != null && marks) {
                    source.put(key, new Row(row.status(), changeSeq += 1, true));
                } else {
                    source.remove(key);
                }
            }
            case 2 -> {
                // The key of a row is corrected.
                Row row = source.get(key);
                String other = "E" + random.nextInt(KEYS);
                if (row != null && !source.containsKey(other)) {
                    if (marks) {
                        source.put(key, new Row(row.status(), changeSeq += 1, true));
                    } else {
                        source.remove(key);
                    }
                    source.put(other, new Row(row.status(), changeSeq += 1, false));
                }
            }
            case 3 -> late.add(Map.entry("L" + changeSeq, new Row("late", changeSeq += 1, false)));
            case 4 -> {
                late.forEach(row -> source.put(row.getKey(), row.getValue()));
                late.clear();
            }
            default -> source.put(key, new Row("status " + random.nextInt(4), changeSeq += 1, false));
        }
    }

    /** Makes the first attempt of some nights die at a lock check; returns whether it did. */
    private boolean interrupt(IngestTestWarehouse warehouse, LocalDate date) {
        if (random.nextInt(3) > 0) {
            return false;
        }
        long[] calls = {1 + random.nextInt(3)};
        warehouse.guard = () -> {
            if (--calls[0] == 0) {
                throw new IllegalStateException("interrupted");
            }
        };
        try {
            warehouse.load("submissions", date.toString());
            return false;
        } catch (FpwException | IllegalStateException interrupted) {
            return true;
        } finally {
            warehouse.guard = () -> {};
        }
    }

    private void write(Connection owner) throws SQLException {
        owner.setAutoCommit(false);
        owner.createStatement().execute("delete from submission");
        try (PreparedStatement insert = owner.prepareStatement("insert into submission values (?, ?, ?, ?)")) {
            for (Map.Entry<String, Row> row : source.entrySet()) {
                insert.setString(1, row.getKey());
                insert.setString(2, row.getValue().status());
                insert.setLong(3, row.getValue().changeSeq());
                insert.setBoolean(4, row.getValue().isDeleted());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        owner.commit();
    }

    private static Map<String, String> current(IngestTestWarehouse warehouse) {
        return rows(FeedBranch.rows(warehouse.catalog, "current.submissions"));
    }

    private Map<String, String> living() {
        Map<String, String> living = new TreeMap<>();
        source.forEach((key, row) -> {
            if (!row.isDeleted()) {
                living.put(key, row.status() + " " + row.changeSeq());
            }
        });
        return living;
    }

    private static Map<String, String> rows(List<Record> records) {
        Map<String, String> rows = new TreeMap<>();
        for (Record row : records) {
            assertThat(rows.put(
                            String.valueOf(row.getField("_key")),
                            row.getField("status") + " " + row.getField("change_seq")))
                    .as("another row with the key %s", row.getField("_key"))
                    .isNull();
        }
        return rows;
    }

    /** The latest version of each key stored by loads of the date or earlier, without deletions. */
    private static Map<String, String> asKnownOn(LocalDate date, List<Record> versions) {
        Map<String, Record> latest = new HashMap<>();
        for (Record version : versions) {
            if (!LocalDate.parse(String.valueOf(version.getField("_known_on"))).isAfter(date)) {
                latest.merge(
                        String.valueOf(version.getField("_key")),
                        version,
                        (one, other) -> sequence(one) > sequence(other) ? one : other);
            }
        }
        latest.values().removeIf(version -> "delete".equals(version.getField("_op")));
        return rows(List.copyOf(latest.values()));
    }

    private static long sequence(Record version) {
        return Long.parseLong(String.valueOf(version.getField("_seq")));
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("systems/dfu");
    }

    private IngestTestWarehouse warehouse(Kind kind) {
        boolean isFull = kind == Kind.FULL_EXTRACT;
        Feed feed = new Feed(
                "submissions",
                "dfu",
                "Test feed.",
                new Feed.Input(
                        "dfu",
                        new Origin.DatabaseRows(
                                "public.submission",
                                null,
                                isFull ? null : SchemaDefaults.cursor("change_seq", LOOK_BACK),
                                kind == Kind.CHANGES_COMPARED_EVERY_WEEK ? new Origin.Reconcile(7) : null),
                        isFull ? Feed.Extract.FULL : Feed.Extract.CHANGES),
                new Feed.Rows(
                        List.of(
                                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                                TestFeeds.column("status", "status", Feed.Type.TEXT),
                                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE),
                                TestFeeds.column("is_deleted", "is_deleted", Feed.Type.BOOLEAN)),
                        List.of("exhibit_ref"),
                        Set.of(),
                        "exhibit_ref",
                        kind == Kind.CHANGES_AND_DELETION_MARKS ? "is_deleted" : null),
                FeedLimits.atLeast(0));
        return new IngestTestWarehouse(
                folder,
                Map.of(H2Sources.VARIABLE, folder.toString()),
                List.of(SchemaDefaults.database("dfu", url(), "fpw_reader", "", 50, 60)),
                List.of(feed));
    }
}
