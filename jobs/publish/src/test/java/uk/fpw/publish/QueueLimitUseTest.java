package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.store.limit.LimitUse;

class QueueLimitUseTest {

    private static final Force FORCE = ReleaseLimitsTesting.FORCE;

    private static MetricsResult result(List<QueueChange> changes, List<QueueExcluded> excluded) {
        return new MetricsResult(
                List.of(), List.of(), List.of(), List.of(), changes, excluded, List.of(), null, null, List.of(), null,
                null, true);
    }

    @Test
    void countsOfEachLimitAreComparedWithWhatItAllows() {
        assertThat(QueueLimitUse.of(
                        FORCE,
                        result(
                                List.of(new QueueChange(
                                        "waiting",
                                        "2016-01-11",
                                        2_000,
                                        30,
                                        20,
                                        0,
                                        0,
                                        800,
                                        720,
                                        null,
                                        "examined",
                                        90,
                                        0,
                                        120,
                                        0,
                                        null)),
                                List.of(new QueueExcluded("waiting", 10, 1_000)))))
                .containsExactly(
                        new LimitUse("waiting", "spells", 50, 200),
                        new LimitUse("waiting", "total", 80, 200),
                        new LimitUse("waiting", "closures", 120, 640),
                        new LimitUse("waiting", "left_out", 10, 100));
    }

    @Test
    void queueThatTheForceNoLongerHasIsLeftOut() {
        assertThat(QueueLimitUse.of(FORCE, result(List.of(), List.of(new QueueExcluded("former", 10, 1_000)))))
                .isEmpty();
    }
}
