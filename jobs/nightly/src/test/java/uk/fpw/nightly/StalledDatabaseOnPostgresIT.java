package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.StallingNetwork;
import uk.fpw.warehouse.testing.TestDatabase;

/** The warehouse's own PostgreSQL stalls, with connections open. */
@Tag("thorough")
class StalledDatabaseOnPostgresIT extends FpwTesting {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private StallingNetwork network;

    @SuppressWarnings("NullAway.Init")
    private Map<String, String> environment;

    @BeforeEach
    void forceWhoseDatabaseIsBehindTheNetwork() throws IOException {
        folder = folder.toRealPath();
        database = TestDatabase.postgres();
        network = StallingNetwork.before(database);
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
        environment = new HashMap<>(Map.of(
                "FPW_PSEUDONYM_KEY",
                "00112233".repeat(8),
                "FPW_FORCE",
                folder.resolve("kent").toString(),
                "FPW_DATABASE_PASSWORD",
                PostgresServer.PASSWORD));
    }

    /** Taking the lock, what Spring Batch records, and the commit of the rows. */
    @ParameterizedTest
    @ValueSource(strings = {"set token = token + 1", "batch_job_execution", "UPDATE iceberg_tables"})
    void loadEndsAndTheNextOneIsWhole(String statement) throws SQLException {
        network.stallAt(statement);

        assertThat(load()).as(text(out) + text(err)).isEqualTo(4);
        assertThat(network.isStalled()).isTrue();
        assertThat(text(err))
                .contains("(exit code 4): ")
                .contains("did not answer in time (socketTimeout in the URL of the database, 90 seconds unless set")
                .doesNotContain("\tat ");

        network.resume();
        processEnds();
        out.reset();
        err.reset();
        assertThat(load()).as(text(out) + text(err)).isZero();
        out.reset();
        assertThat(run(environment, "status")).isZero();
        assertThat(text(out)).contains("  devices  2026-11-23  loaded ");
    }

    @Test
    void readingEnds() {
        assertThat(load()).as(text(err)).isZero();
        network.stallAt("from ops.");
        err.reset();
        assertThat(assertTimeoutPreemptively(PATIENCE, () -> run(environment, "status")))
                .as(text(err))
                .isEqualTo(4);
        assertThat(text(err)).contains("did not answer in time").doesNotContain("\tat ");
    }

    /** To the next run: a process of a test goes on after its commands. */
    private void processEnds() throws SQLException {
        database.execute("update ops.warehouse_lock set process_started_at = timestamp with time zone "
                + "'2000-01-01 00:00:00+00' where run_id is not null");
    }

    private int load() {
        return assertTimeoutPreemptively(PATIENCE, () -> run(environment, "ingest", "devices", "--date", "2026-11-23"));
    }
}
