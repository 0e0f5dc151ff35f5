package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class FailureMessagesTest {

    @Test
    void failureThatIsKnownKeepsItsWordsAndItsExitCode() {
        RuntimeException failed = new IllegalStateException(
                "a table could not be audited",
                new FpwException(ExitCode.CONFIGURATION, "this run was begun for another warehouse"));
        assertThat(FailureMessages.message(failed)).isEqualTo("this run was begun for another warehouse");
        assertThat(FailureMessages.exitCode(failed)).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void anyOtherFailureIsUnexpected() {
        assertThat(FailureMessages.exitCode(new IllegalStateException("no column")))
                .isEqualTo(ExitCode.INTERNAL);
    }
}
