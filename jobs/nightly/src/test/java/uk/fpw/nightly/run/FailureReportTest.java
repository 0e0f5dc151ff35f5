package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;
import uk.fpw.nightly.TestForce;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class FailureReportTest {

    @Test
    void databaseThatIsGoneIsNamedWhereItsTransactionCouldNotBeRolledBack() {
        TransactionSystemException unended =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        unended.initApplicationException(new DataAccessResourceFailureException(
                "update", new SQLException("An I/O error occurred while sending to the backend.", "08006")));
        GracefulShutdown shutdown = new GracefulShutdown(
                code -> {}, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));

        assertThatThrownBy(() -> FailureReport.explain(TestForce.in(Path.of("/warehouse")), shutdown, () -> {
                    throw unended;
                }))
                .isInstanceOfSatisfying(FpwException.class, known -> assertThat(known.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE))
                .hasMessage(
                        "the database of the warehouse does not respond: An I/O error occurred while sending to the "
                                + "backend. Check that it is running, then run again");
    }
}
