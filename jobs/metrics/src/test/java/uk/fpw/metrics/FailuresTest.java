package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

class FailuresTest {

    @Test
    void failureThatIsKnownKeepsItsWordsAndItsExitCode() {
        RuntimeException failed = new IllegalStateException(
                "a table could not be audited",
                new NightFailure(ExitCode.CONFIGURATION, "this run was begun for another warehouse"));
        assertThat(Failures.words(failed)).isEqualTo("this run was begun for another warehouse");
        assertThat(Failures.exitCode(failed)).isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void anyOtherFailureIsUnexpected() {
        assertThat(Failures.exitCode(new IllegalStateException("no column"))).isEqualTo(ExitCode.INTERNAL);
    }
}
