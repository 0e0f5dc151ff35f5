package uk.fpw.metrics.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CurveKey;
import uk.fpw.metrics.cube.WaitWeights;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.statistics.wait.FewestContributors;
import uk.fpw.statistics.wait.InfluenceWeights;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.WaitSummary;

/**
 * Which curves and tests have variances by contributor, and what any item does to them: all curves behind which there
 * are enough contributors, and the tests of groups in which some contributor has several items.
 */
public final class SeriesWeights {

    private SeriesWeights() {}

    /** The weights of the series that have any, from the counts over all contributors. */
    public static Map<SeriesKey, WaitWeights> of(List<QueueSpec> queues, Map<SeriesKey, Cube> cubes) {
        Map<SeriesKey, WaitWeights> all = new HashMap<>();
        cubes.forEach((key, cube) -> {
            WaitWeights weights = of(queues.get(key.queue()), key, cube);
            if (!weights.isEmpty()) {
                all.put(key, weights);
            }
        });
        return all;
    }

    private static WaitWeights of(QueueSpec queue, SeriesKey key, Cube cube) {
        WaitWeights weights = new WaitWeights();
        if (!queue.isNow(key) && queue.refusal(key) == null) {
            cube.waits()
                    .cohorts()
                    .forEach((number, cohort) -> put(
                            weights,
                            CurveKey.ofCohort(number),
                            WaitFigures.table(List.of(cohort), queue.exitReasons()),
                            cohort.contributors(),
                            queue.exitReasons()));
            cube.windows()
                    .windows()
                    .forEach((period, window) -> put(
                            weights,
                            CurveKey.ofWindow(period.kind(), period.number()),
                            WindowFigures.table(queue, window),
                            window.contributors(),
                            WindowFigures.OUTCOMES));
        }
        if (key.isTotal()) {
            for (int i = 0; i < queue.comparisons().size(); i++) {
                boolean haveMedians = i < queue.declaredComparisons();
                new ComparedPairs(queue, i, cube).pairs().forEach(pair -> put(weights, pair, haveMedians));
            }
        }
        return weights;
    }

    private static void put(
            WaitWeights weights, CurveKey key, LifeTable table, long contributors, List<String> reasons) {
        if (FewestContributors.ofCurve(contributors, table.count()) == null) {
            weights.put(key, InfluenceWeights.of(table, reasons, WaitSummary.HORIZON_DAYS));
        }
    }

    /** @param haveMedians whether the groups have medians with intervals */
    private static void put(WaitWeights weights, ComparedPairs.Pair pair, boolean haveMedians) {
        for (ComparedPairs.Group group : List.of(pair.first(), pair.second())) {
            if (haveMedians) {
                put(weights, group.curve(), group.waits().all(), group.contributors(), List.of());
            }
        }
        if (pair.isRobust() && pair.withheld() == null) {
            weights.put(
                    pair.key(),
                    pair.first().waits().weightsWith(pair.second().waits()),
                    pair.first().waits().strataWith(pair.second().waits()));
        }
    }
}
