package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.StallingNetwork;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * The warehouse's own PostgreSQL stalls with open connections: while the lock is taken, while Spring Batch records, and
 * while the rows are committed. Each case has a warehouse of its own and all run at the same time, since a stalled run
 * waits for a minute.
 */
@Tag("thorough")
class StalledDatabaseOnPostgresIT {

    private static final List<String> STATEMENTS =
            List.of("set token = token + 1", "BATCH_JOB_EXECUTION", "UPDATE iceberg_tables");

    /** Only stops a test that would never end. */
    private static final int PATIENCE_MINUTES = 10;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    @Timeout(value = PATIENCE_MINUTES, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void loadEndsAndTheNextOneIsWholeAndReadingEnds() throws Exception {
        List<Warehouse> warehouses = new ArrayList<>();
        for (String statement : STATEMENTS) {
            warehouses.add(new Warehouse(folder.resolve("stalls-" + warehouses.size()), statement));
        }
        ExecutorService threads = Executors.newFixedThreadPool(warehouses.size());
        try {
            for (Future<Integer> load : threads.invokeAll(warehouses)) {
                load.get();
            }
        } finally {
            threads.shutdownNow();
        }
        for (Warehouse warehouse : warehouses) {
            warehouse.stalledLoadHasEnded();
            warehouse.network.resume();
            warehouse.nextLoadIsWhole();
        }
        warehouses.get(0).readingEnds();
    }

    private static final class Warehouse extends FpwTesting implements Callable<Integer> {

        private final TestDatabase database = TestDatabase.postgres().migrated();
        private final StallingNetwork network = StallingNetwork.before(database);
        private final String statement;
        private final Map<String, String> environment;
        private int exitCode;

        Warehouse(Path ownFolder, String statement) throws IOException {
            folder = Files.createDirectories(ownFolder).toRealPath();
            this.statement = statement;
            assertThat(run(Map.of(), "init", "kent")).as(text(err)).isZero();
            Path file = folder.resolve("kent/force.yml");
            Files.writeString(
                    file,
                    Files.readString(file)
                            + "  database: \"%s\"\n  user: %s\n  password_variable: FPW_DATABASE_PASSWORD\n"
                                    .formatted(
                                            network.of(database, "socketTimeout=2&loginTimeout=2")
                                                    .url(),
                                            database.user()));
            environment = Map.of(
                    "FPW_PSEUDONYM_KEY",
                    "00112233".repeat(8),
                    "FPW_FORCE",
                    folder.resolve("kent").toString(),
                    "FPW_DATABASE_PASSWORD",
                    PostgresServer.PASSWORD);
        }

        @Override
        public Integer call() {
            network.stallAt(statement);
            exitCode = load();
            return exitCode;
        }

        void stalledLoadHasEnded() {
            assertThat(network.isStalled()).as(statement).isTrue();
            assertThat(exitCode).as(said()).isEqualTo(4);
            assertThat(text(err))
                    .as(statement)
                    .contains("(exit code 4): ")
                    .contains("did not answer in time (socketTimeout in the URL of the database, 90 seconds unless set")
                    .doesNotContain("\tat ");
        }

        void nextLoadIsWhole() throws SQLException {
            // so that the next run sees the process as ended: a test's process continues after its commands
            database.execute("update ops.warehouse_lock set process_started_at = timestamp with time zone "
                    + "'2000-01-01 00:00:00+00' where run_id is not null");
            assertThat(load()).as(said()).isZero();
            assertThat(run(environment, "status")).as(said()).isZero();
            assertThat(text(out)).as(statement).contains("  devices  2026-11-23  loaded ");
        }

        void readingEnds() {
            network.stallAt("from ops.");
            err.reset();
            assertThat(run(environment, "status")).as(said()).isEqualTo(4);
            assertThat(text(err)).contains("did not answer in time").doesNotContain("\tat ");
        }

        private int load() {
            out.reset();
            err.reset();
            return run(environment, "ingest", "devices", "--date", "2026-11-23");
        }

        private String said() {
            return statement + ": " + text(out) + text(err);
        }
    }
}
