package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.store.load.LoadTesting.column;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** If a process dies before, during or after its commit, both branches are old or both are new. */
@Tag("thorough")
class KilledLoadIT {

    static final Feed FEED = feed(column("id", Feed.Type.TEXT));

    private static final int KILLS = 8;
    private static final long SEED = 20240501;

    /** Roughly how long the commit of a load takes in a new process. */
    private static final int MAX_MICROS = 400_000;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void bothBranchesAreOldOrBothNew() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        load(database, 0);
        List<Boolean> happened = new ArrayList<>();
        Rows before = rows(database);
        for (int night = 1; night <= KILLS; night++) {
            kill(database, night, moment(night));

            Rows after = rows(database);
            boolean isNew = !after.raw().equals(before.raw());
            happened.add(isNew);
            String as = "night " + night + ", seed " + SEED;
            if (!isNew) {
                assertThat(after).as(as).isEqualTo(before);
                load(database, night);
                after = rows(database);
            }
            List<String> raw = new ArrayList<>(before.raw());
            raw.addAll(List.of("A load-" + night, "B load-" + night, "N" + night + " load-" + night));
            raw.sort(null);
            assertThat(after).as(as).isEqualTo(new Rows(raw, current(night)));
            before = after;
        }
        System.out.println("Loads that were committed before the kill: " + happened);
    }

    /** A moment before, during or after the commit. */
    private int moment(int night) {
        return switch (night) {
            case 1 -> 0;
            case KILLS -> MAX_MICROS;
            default -> random.nextInt(MAX_MICROS);
        };
    }

    private record Rows(List<String> raw, List<String> current) {}

    /** A changes with every load, B is deleted by every second load and restored by the next, and one row is new. */
    static void load(RawTable raw, int night) {
        LocalDate date = LocalDate.of(2024, 5, 1).plusDays(night);
        LoadMetadata metadata =
                new LoadMetadata("load-" + night, date, date, Instant.EPOCH, "devices.csv", "d".repeat(64), null, null);
        try (RawAppend append = raw.append(metadata)) {
            LoadTesting.add(
                    append, row("A"), night % 2 == 0 ? row("B") : RowVersion.deleted("B", "B"), row("N" + night));
            Replacing.commit(append, new LoadCounts(3, 3, 0, 0, 0, 0), null);
        }
    }

    private static List<String> current(int night) {
        List<String> rows = new ArrayList<>(List.of("A load-" + night));
        if (night % 2 == 0) {
            rows.add("B load-" + night);
        }
        for (int each = 0; each <= night; each++) {
            rows.add("N" + each + " load-" + each);
        }
        rows.sort(null);
        return rows;
    }

    private void load(TestDatabase database, int night) {
        try (WarehouseCatalog catalog = open(database)) {
            load(RawTable.open(catalog, FEED, () -> {}), night);
        }
    }

    private void kill(TestDatabase database, int night, int micros) throws IOException, InterruptedException {
        Process dying = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadAndDie.class.getName(),
                        database.url(),
                        folder.toString(),
                        Integer.toString(night),
                        Integer.toString(micros))
                .inheritIO()
                .start();
        assertThat(dying.waitFor()).isEqualTo(LoadAndDie.EXIT_CODE);
    }

    private Rows rows(TestDatabase database) {
        try (WarehouseCatalog catalog = open(database)) {
            return new Rows(rows(catalog, "raw.devices"), rows(catalog, "current.devices"));
        }
    }

    private static List<String> rows(WarehouseCatalog catalog, String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("_load_id"))
                .sorted()
                .toList();
    }

    private WarehouseCatalog open(TestDatabase database) {
        return WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
    }

    private static RowVersion row(String key) {
        return new RowVersion(key, key, "0".repeat(32), 2L, null, List.of(key));
    }
}
