package uk.fpw.nightly.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

class EmbeddedTurnTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void oneAtATimeIsAtADatabase() {
        Path database = folder.resolve("fpw.mv.db");
        EmbeddedTurn.run(database, Duration.ZERO, () -> assertThatThrownBy(
                        () -> EmbeddedTurn.take(database, Duration.ZERO, () -> "in between"))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.LOCK_HELD))
                .hasMessageStartingWith("other processes have been making or upgrading the tables of the database "
                        + database + " for 0 s")
                .hasMessageEndingWith(". Run again when they have ended; if one is suspended, let it go on (kill -CONT "
                        + "PID) or end it"));
        assertThat(EmbeddedTurn.take(database, Duration.ZERO, () -> "after")).isEqualTo("after");
    }

    @Test
    void anotherDatabaseIsNotWaitedFor() {
        EmbeddedTurn.run(folder.resolve("fpw.mv.db"), Duration.ZERO, () -> assertThat(
                        EmbeddedTurn.take(folder.resolve("other.mv.db"), Duration.ZERO, () -> "beside"))
                .isEqualTo("beside"));
    }

    @Test
    void turnIsGivenBackByWhoFails() {
        Path database = folder.resolve("fpw.mv.db");
        assertThatThrownBy(() -> EmbeddedTurn.run(database, Duration.ZERO, () -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");
        assertThat(EmbeddedTurn.take(database, Duration.ZERO, () -> "after")).isEqualTo("after");
    }
}
