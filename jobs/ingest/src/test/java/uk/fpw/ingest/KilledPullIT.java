package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * A process that reads a PostgreSQL table with two sessions is killed (SIGKILL) at a random moment of its load, night
 * after night. After each kill, {@code current} is in the state before or after the load. Loading again leads to the
 * state of the source: {@code raw}, {@code current} and the counts equal those of an undisturbed load, which the test
 * derives from the source.
 */
@Tag("thorough")
class KilledPullIT {

    /** More with {@code -Dfpw.killed.pulls=30}. */
    private static final int KILLS = Integer.getInteger("fpw.killed.pulls", 1);

    private static final long SEED = 20240501;
    private static final LocalDate FIRST = LocalDate.of(2024, 5, 1);
    private static final int ROWS = 10_000;
    private static final String LOADING = "loading";
    private static final String LOADED = "loaded";

    private final Random random = new Random(SEED);
    private final Map<String, String> source = new TreeMap<>();

    @TempDir
    Path folder;

    /** Expected counts of a load, from the previous and the present state of the source. */
    private record Counts(long received, long loaded, long unchanged, long deleted) {

        @Override
        public String toString() {
            return "received %d = loaded %d + unchanged %d + refused 0; deleted %d, flagged 0"
                    .formatted(received, loaded, unchanged, deleted);
        }
    }

    @Test
    void everyKillLeavesTheOldOrTheNewAndTheNextLoadTheNew() throws Exception {
        TestDatabase system = TestDatabase.postgres();
        // one row per page, so that the table is large enough to be read by two sessions
        system.execute(
                "create table public.exhibit (ref varchar(20) primary key, status varchar(20) not null, notes text "
                        + "not null default repeat('n', 800)) with (fillfactor = 10)");
        for (int row = 0; row < ROWS; row++) {
            source.put("E" + row, "new");
        }
        WarehouseTemplate.copyTo(folder);
        long millis = write(system, () -> millisOfAWholeLoad(system));
        assertThat(system.query("select pg_relation_size('public.exhibit') / 8192"))
                .containsExactly("10000");
        List<String> raw = versions(Map.of(), source);
        List<Long> killedAfter = new ArrayList<>();
        int midway = 0;
        for (int night = 1; night <= KILLS; night++) {
            Map<String, String> before = new TreeMap<>(source);
            change();
            Counts counts = counts(before, source);
            raw.addAll(versions(before, source));
            raw.sort(null);
            long after = random.nextLong(millis);
            killedAfter.add(after);
            int date = night;
            write(system, () -> 0L);

            midway += kill(system, date, after) ? 1 : 0;

            String as = "night " + night + " killed after " + after + " ms, seed " + SEED;
            try (IngestTestWarehouse warehouse = warehouse(folder, system)) {
                List<String> current = warehouse.rows("current.exhibits", "ref", "status");
                boolean isNew = current.equals(rows(source));
                if (!isNew) {
                    assertSame(as, current, rows(before));
                }
                String loaded = warehouse.load("exhibits", date(night));
                assertThat(loaded)
                        .as(as)
                        .isEqualTo((isNew ? new Counts(source.size(), 0, source.size(), 0) : counts).toString());
                assertThat(warehouse.rows("current.exhibits", "ref", "status"))
                        .as(as)
                        .isEqualTo(rows(source));
                assertThat(warehouse.rows("raw.exhibits", "_key", "_op", "status"))
                        .as(as)
                        .isEqualTo(raw);
                assertThat(warehouse.query("select loaded_count, unchanged_count, deleted_count from ops.feed_load"
                                + " where business_date = date '" + date(night)
                                + "' and status = 'loaded' and loaded_count + deleted_count > 0"))
                        .as(as)
                        .containsExactly(counts.loaded() + " | " + counts.unchanged() + " | " + counts.deleted());
            }
        }
        System.out.printf(
                "A whole load took %d ms; killed after %s ms, %d of %d before it was over%n",
                millis, killedAfter, midway, KILLS);
    }

    /** Changes, deletes and adds some rows, each with a status never used before. */
    private void change() {
        String status = "status " + random.nextInt(1_000_000);
        for (int change = 0; change < ROWS / 20; change++) {
            String ref = "E" + random.nextInt(2 * ROWS);
            if (random.nextInt(4) == 0) {
                source.remove(ref);
            } else {
                source.put(ref, status);
            }
        }
    }

    private static Counts counts(Map<String, String> before, Map<String, String> after) {
        long unchanged = after.entrySet().stream()
                .filter(row -> row.getValue().equals(before.get(row.getKey())))
                .count();
        long deleted =
                before.keySet().stream().filter(ref -> !after.containsKey(ref)).count();
        return new Counts(after.size(), after.size() - unchanged, unchanged, deleted);
    }

    /** The versions that a load of the change must store, in the form in which the test reads them. */
    private static List<String> versions(Map<String, String> before, Map<String, String> after) {
        List<String> versions = new ArrayList<>();
        after.forEach((ref, status) -> {
            if (!status.equals(before.get(ref))) {
                versions.add(ref + " | upsert | " + status);
            }
        });
        before.keySet().stream()
                .filter(ref -> !after.containsKey(ref))
                .forEach(ref -> versions.add(ref + " | delete | null"));
        versions.sort(null);
        return versions;
    }

    /** Shows only the differences of long lists. */
    private static void assertSame(String as, List<String> actual, List<String> expected) {
        if (!actual.equals(expected)) {
            List<String> more = new ArrayList<>(actual);
            expected.forEach(more::remove);
            List<String> missing = new ArrayList<>(expected);
            actual.forEach(missing::remove);
            assertThat(more).as(as + ", more").isEmpty();
            assertThat(missing).as(as + ", missing").isEmpty();
            assertThat(actual).as(as + ", order").isEqualTo(expected);
        }
    }

    private static List<String> rows(Map<String, String> of) {
        return of.entrySet().stream()
                .map(row -> row.getKey() + " | " + row.getValue())
                .sorted()
                .toList();
    }

    /** Uses the database while the table has the state of the source. */
    private interface Work {
        long run() throws Exception;
    }

    private long write(TestDatabase system, Work then) throws Exception {
        system.execute("truncate public.exhibit");
        try (Connection connection = system.open();
                PreparedStatement insert =
                        connection.prepareStatement("insert into public.exhibit (ref, status) values (?, ?)")) {
            connection.setAutoCommit(false);
            for (Map.Entry<String, String> row : source.entrySet()) {
                insert.setString(1, row.getKey());
                insert.setString(2, row.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
        return then.run();
    }

    private long millisOfAWholeLoad(TestDatabase system) throws IOException, InterruptedException {
        Process process = start(system, 0);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            await(said, LOADING);
            long started = System.nanoTime();
            await(said, LOADED);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Kills a load; returns whether it was still running. */
    private boolean kill(TestDatabase system, int night, long after) throws IOException, InterruptedException {
        Process process = start(system, night);
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            await(said, LOADING);
            Thread.sleep(after);
            assertThat(process.isAlive()).isTrue();
            // Through its handle, so that its output can still be read.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            process.waitFor();
            return said.lines().noneMatch(line -> line.equals(LOADED));
        }
    }

    private Process start(TestDatabase system, int night) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledPullIT.class.getName(),
                        folder.toString(),
                        system.url(),
                        system.user(),
                        system.password(),
                        date(night))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void await(BufferedReader said, String word) throws IOException {
        String line = said.readLine();
        while (!word.equals(line)) {
            assertThat(line).as("the process ended before it said " + word).isNotNull();
            line = said.readLine();
        }
    }

    private static String date(int night) {
        return FIRST.plusDays(night).toString();
    }

    private static IngestTestWarehouse warehouse(Path folder, TestDatabase system) {
        Feed feed = new Feed(
                "exhibits",
                "dfu",
                "Test feed.",
                new Feed.Input("dfu", new Origin.DatabaseRows("public.exhibit", null, null, null), Feed.Extract.FULL),
                new Feed.Rows(
                        List.of(
                                TestFeeds.column("ref", "ref", Feed.Type.TEXT),
                                TestFeeds.column("status", "status", Feed.Type.TEXT)),
                        List.of("ref"),
                        Set.of(),
                        "ref",
                        null),
                FeedLimits.atLeast(0));
        return IngestTestWarehouse.ofAKilledProcess(
                folder,
                Map.of("FPW_DFU_PASSWORD", system.password()),
                List.of(SchemaDefaults.database("dfu", system.url(), system.user(), "FPW_DFU_PASSWORD", 500, 60)),
                List.of(feed));
    }

    /** Loads, reports that, and waits to be killed. Arguments: folder, URL, user and password of the source, date. */
    public static void main(String[] arguments) throws InterruptedException, SQLException {
        TestDatabase system = new TestDatabase(arguments[1], arguments[2], arguments[3]);
        IngestTestWarehouse warehouse = warehouse(Path.of(arguments[0]), system);
        System.out.println(LOADING);
        warehouse.load("exhibits", arguments[4]);
        System.out.println(LOADED);
        Thread.sleep(TimeUnit.MINUTES.toMillis(10));
    }
}
