package uk.fpw.warehouse.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

/** Messages when PostgreSQL ends a session, denies access to a table, or rejects a statement. */
@Tag("thorough")
class LostConnectionOnPostgresIT {

    private final TestDatabase database = TestDatabase.postgres().migrated();
    private final OpsDatabase ops = new OpsDatabase(database.dataSource());

    @Test
    void aSessionThatIsEndedIsADatabaseThatDoesNotAnswer() {
        FpwException failed = catchThrowableOfType(
                FpwException.class,
                () -> ops.first(
                        "select pg_terminate_backend(pg_backend_pid()) as ended", row -> row.getString("ended")));
        assertThat(failed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failed).hasMessageStartingWith("the database does not respond: FATAL: terminating connection");
        assertThat(new Releases(database.dataSource()).currentId()).isNull();
    }

    @Test
    void aTableThatIsNotThereWaitsForANight() {
        FpwException failed =
                catchThrowableOfType(FpwException.class, () -> ops.list("select 1 from ops.none", row -> 1));
        assertThat(failed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failed).hasMessageContaining("Check that this version has completed a nightly run");
    }

    @Test
    void aStatementThatIsWrongIsADefect() {
        IllegalStateException failed = catchThrowableOfType(
                IllegalStateException.class, () -> ops.list("select nothing from ops.night", row -> 1));
        assertThat(failed).hasMessageStartingWith("a statement on ops failed: ");
    }
}
