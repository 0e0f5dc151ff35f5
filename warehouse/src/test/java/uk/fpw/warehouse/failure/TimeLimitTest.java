package uk.fpw.warehouse.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("time-zone")
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

    @Test
    void whatIsOpenedTooLateIsClosed() throws InterruptedException {
        CountDownLatch leftBehind = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        assertThatThrownBy(() -> TimeLimit.<AutoCloseable>within(
                        Duration.ofMillis(1),
                        () -> {
                            leftBehind.await();
                            return closed::countDown;
                        },
                        TimeLimitTest::late))
                .isInstanceOf(FpwException.class);

        leftBehind.countDown();

        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private static FpwException late() {
        return new FpwException(ExitCode.UNAVAILABLE, "it did not answer");
    }
}
