package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.StallingNetwork;

class SourceSessionTest {

    @Test
    @Timeout(60)
    void databaseThatAcceptsAndSaysNothingIsGivenUp() throws Exception {
        try (StallingNetwork network = StallingNetwork.beforeNothing()) {
            SourceConnection.Database database = database(network.url("dfu"));

            assertThatThrownBy(() -> SourceSession.open(database, "", failures(database)))
                    .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                            .isEqualTo(ExitCode.UNAVAILABLE))
                    .hasMessage("connection dfu: the database did not answer within 1 seconds while connecting; check "
                            + "that it is running and that the url of the connection is correct, then run again, or "
                            + "raise timeout_seconds of the connection");
        }
    }

    @Test
    void tableThatIsLockedInH2IsNamedAsThat() {
        FpwException failed = failures(database("jdbc:h2:file:/srv/dfu"))
                .of(new SQLException("Timeout trying to lock table \"SUBMISSION\"", "HYT00", 50200), 0);

        assertThat(failed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failed)
                .hasMessage("table dfu.submission: another session of the database has locked it, and did not release "
                        + "it in time; nothing was loaded; run again when that session has ended, or raise "
                        + "LOCK_TIMEOUT in the url of the connection");
    }

    private static SourceConnection.Database database(String url) {
        return SchemaDefaults.database("dfu", url, "reader", "", 5000, 1);
    }

    private static SourceFailures failures(SourceConnection.Database database) {
        return new SourceFailures(database, "", "table dfu.submission", null);
    }
}
