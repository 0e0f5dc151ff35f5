package uk.fpw.nightly.run.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class EmbeddedDatabaseLockTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void oneAtATimeIsAtADatabase() {
        Path database = folder.resolve("fpw.mv.db");
        EmbeddedDatabaseLock.run(database, Duration.ZERO, () -> assertThatThrownBy(
                        () -> EmbeddedDatabaseLock.withLock(database, Duration.ZERO, () -> "in between"))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.LOCK_HELD))
                .hasMessageStartingWith("other processes have been creating or upgrading the tables of the database "
                        + database + " for 0 s")
                .hasMessageEndingWith(". Run again when they have ended; if one is suspended, resume "
                        + "it (kill -CONT PID) or end it"));
        assertThat(EmbeddedDatabaseLock.withLock(database, Duration.ZERO, () -> "after"))
                .isEqualTo("after");
    }

    @Test
    void anotherDatabaseIsNotWaitedFor() {
        EmbeddedDatabaseLock.run(folder.resolve("fpw.mv.db"), Duration.ZERO, () -> assertThat(
                        EmbeddedDatabaseLock.withLock(folder.resolve("other.mv.db"), Duration.ZERO, () -> "beside"))
                .isEqualTo("beside"));
    }

    @Test
    void turnIsGivenBackByWhoFails() {
        Path database = folder.resolve("fpw.mv.db");
        assertThatThrownBy(() -> EmbeddedDatabaseLock.run(database, Duration.ZERO, () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(EmbeddedDatabaseLock.withLock(database, Duration.ZERO, () -> "after"))
                .isEqualTo("after");
    }
}
