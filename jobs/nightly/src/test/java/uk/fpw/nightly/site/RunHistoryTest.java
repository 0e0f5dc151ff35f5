package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.measure.TestRuns;
import uk.fpw.warehouse.store.ledger.RunLedger;

class RunHistoryTest {

    @Test
    void fourteenNightsAreShownThenFiveFailuresBeforeThem() {
        List<RunLedger.Run> runs = new ArrayList<>();
        for (int day = 0; day < 40; day++) {
            runs.add(TestRuns.of(day, day % 3 == 0 ? "failed" : "released"));
        }

        assertThat(RunHistory.shown(runs).stream()
                        .map(run ->
                                TestRuns.DAY.toEpochDay() - run.businessDate().toEpochDay()))
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 15L, 18L, 21L, 24L, 27L);
    }

    @Test
    void nightThatIsRepeatedEveryFewMinutesHasNoMoreThanFortyFiveLines() {
        List<RunLedger.Run> runs = new ArrayList<>();
        for (int attempt = 0; attempt < 60; attempt++) {
            runs.add(TestRuns.of(0, "failed"));
        }
        assertThat(RunHistory.shown(runs)).hasSize(45);
    }
}
