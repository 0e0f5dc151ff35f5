package uk.fpw.metrics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uk.fpw.metrics.plan.SparkTuning.Tasks;

class SparkTuningTest {

    @Test
    void keepsEveryProcessorBusyWithFewRows() {
        assertThat(Tasks.of(2, 10_000)).isEqualTo(new Tasks(2, 2, 2));
    }

    @Test
    void dividesTheItemsOfManyRowsIntoTasksOfOneSizeAndTheSeriesIntoAFewForEachProcessor() {
        assertThat(Tasks.of(2, 2_000_000)).isEqualTo(new Tasks(8, 2, 8));
        assertThat(Tasks.of(2, 20_000_000)).isEqualTo(new Tasks(80, 20, 8));
    }
}
