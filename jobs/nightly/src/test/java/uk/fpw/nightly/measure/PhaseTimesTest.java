package uk.fpw.nightly.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.RunPhases;

class PhaseTimesTest {

    /** The newest night, then earlier ones of these seconds that all released. */
    private static PhaseTimes times(double newest, double... earlier) {
        List<RunLedger.Run> runs = new ArrayList<>(List.of(TestRuns.of(0, "running")));
        Map<RunId, List<RunPhases.Phase>> phases = new HashMap<>();
        phases.put(runs.get(0).runId(), List.of(new RunPhases.Phase("load_feeds", newest)));
        for (int i = 0; i < earlier.length; i++) {
            runs.add(TestRuns.of(i + 1, "released"));
            phases.put(runs.get(i + 1).runId(), List.of(new RunPhases.Phase("load_feeds", earlier[i])));
        }
        return new PhaseTimes(runs, phases);
    }

    private static List<PhaseTimes.Slow> slow(PhaseTimes times) {
        return times.slow(times.runs().get(0).runId());
    }

    @Test
    void phaseOfMoreThanTwiceItsMedianIsSlow() {
        assertThat(slow(times(101, 40, 50, 60, 55, 45))).containsExactly(new PhaseTimes.Slow("load_feeds", 101, 50));
        assertThat(slow(times(100, 40, 50, 60, 55, 45))).isEmpty();
        assertThat(slow(times(102, 40, 50, 60, 56, 46, 51)))
                .containsExactly(new PhaseTimes.Slow("load_feeds", 102, 50.5));
    }

    @Test
    void fewNightsAndFewSecondsTellNothing() {
        assertThat(slow(times(500, 50, 50, 50, 50))).isEmpty();
        assertThat(slow(times(30, 1, 1, 1, 1, 1))).isEmpty(); // 29 s more
        assertThat(slow(times(31, 1, 1, 1, 1, 1))).hasSize(1);
    }

    @Test
    void onlyTheLastFourteenCount() {
        assertThat(slow(times(120, 50, 50, 50, 50, 50, 50, 50, 50, 90, 90, 90, 90, 90, 90, 90, 90)))
                .containsExactly(new PhaseTimes.Slow("load_feeds", 120, 50)); // of all, 70 would be the median
    }
}
