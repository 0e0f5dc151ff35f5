package uk.fpw.warehouse.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private static final Duration AMPLE = Duration.ofMinutes(1);

    @Test
    void callThatReturnsIsAnswered() {
        assertThat(TimeLimit.within(AMPLE, () -> "here", TimeLimitTest::late)).isEqualTo("here");
    }

    @Test
    void callThatFailsFailsAsItDid() {
        assertThatThrownBy(() -> TimeLimit.within(
                        AMPLE,
                        () -> {
                            throw new IllegalArgumentException("no");
                        },
                        TimeLimitTest::late))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no");
    }

    @Test
    void callThatNeverReturnsIsLeftBehind() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> TimeLimit.within(
                        Duration.ofMillis(1),
                        () -> {
                            never.await();
                            return "";
                        },
                        TimeLimitTest::late))
                .isInstanceOf(FpwException.class)
                .hasMessage("it did not answer");
    }

    private static FpwException late() {
        return new FpwException(ExitCode.UNAVAILABLE, "it did not answer");
    }
}
