package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How often projections hold in 200 queues of three years whose flows stay as they are, and in 200 that are not what
 * the projection assumes: what comes has a season, its level breaks once, service follows late, and now and then a
 * fifth of what waits is closed at once. Prints the tables of {@code docs/methods.md}.
 */
@Tag("thorough")
class ProjectionSimulationTest {

    private static final int QUEUES = 200;
    private static final int WEEKS = 156;
    private static final int WEEKS_OF_YEAR = 52;
    private static final long SEED = 20_151_231;

    private static final List<String> UNCHANGED = List.of(
            "4 weeks: 79 % projected, 95.0 % held; of 5385 independent ones 95.3 % (94.7 to 95.8)",
            "8 weeks: 79 % projected, 94.8 % held; of 2771 independent ones 95.3 % (94.5 to 96.1)",
            "13 weeks: 79 % projected, 95.0 % held; of 1715 independent ones 95.6 % (94.5 to 96.4)");

    private static final List<String> CHANGING = List.of(
            "4 weeks: 55 % projected, 85.9 % held; of 3918 independent ones 86.2 % (85.1 to 87.2)",
            "8 weeks: 55 % projected, 77.3 % held; of 2103 independent ones 77.7 % (75.8 to 79.4)",
            "13 weeks: 55 % projected, 70.0 % held; of 1355 independent ones 70.7 % (68.2 to 73.1)");

    /** The weeks of one queue. */
    private static final class History {
        private final long[] waiting = new long[WEEKS];
        private final long[] netChanges = new long[WEEKS];
    }

    private static History history(SplittableRandom random, boolean isChanging) {
        double level = 5 + 35 * random.nextDouble();
        double season = 0.3 * random.nextDouble();
        int breakAt = 30 + random.nextInt(100);
        double after = level * (0.7 + 0.7 * random.nextDouble());
        long stock = Math.round(level * (4 + 8 * random.nextDouble()));
        double pace = level;
        History history = new History();
        for (int week = 0; week < WEEKS; week++) {
            double mean = week < breakAt || !isChanging ? level : after;
            // service follows what comes, some months late
            pace += (mean - pace) / FlowProjection.WEEKS;
            double wave = isChanging ? season * Math.sin(2 * Math.PI * week / WEEKS_OF_YEAR) : 0;
            long came = Draws.poisson(random, mean * (1 + wave));
            long left = Math.min(stock + came, Draws.poisson(random, pace));
            if (random.nextDouble() < 0.01 && isChanging) {
                left = Math.min(stock + came, left + stock / 5);
            }
            stock += came - left;
            history.waiting[week] = stock;
            history.netChanges[week] = came - left;
        }
        return history;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void intervalsHoldWhatTheTablesSay(boolean isChanging) {
        List<String> rows = new ArrayList<>();
        for (int ahead : new int[] {4, 8, 13}) {
            SplittableRandom random = new SplittableRandom(SEED);
            int windows = 0;
            int covered = 0;
            int independent = 0;
            int independentCovered = 0;
            for (int queue = 0; queue < QUEUES; queue++) {
                History history = history(random, isChanging);
                ProjectionBacktest test =
                        ProjectionBacktest.of(history.waiting, history.netChanges, new boolean[WEEKS], ahead);
                windows += test.windows();
                covered += test.covered();
                independent += test.independent();
                independentCovered += test.independentCovered();
            }
            int possible = QUEUES * (WEEKS - FlowProjection.WEEKS - ahead + 1);
            Proportion share = new Proportion(independentCovered, independent);
            rows.add(String.format(
                    Locale.ROOT,
                    "%d weeks: %.0f %% projected, %.1f %% held; of %d independent ones %.1f %% (%.1f to %.1f)",
                    ahead,
                    100.0 * windows / possible,
                    100.0 * covered / windows,
                    independent,
                    100 * share.share(),
                    100 * share.interval().low(),
                    100 * share.interval().high()));
        }
        rows.forEach(System.out::println);
        assertThat(rows).containsExactlyElementsOf(isChanging ? CHANGING : UNCHANGED);
    }
}
