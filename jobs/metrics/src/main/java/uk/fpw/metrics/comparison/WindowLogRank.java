package uk.fpw.metrics.comparison;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.LogRank;

/**
 * Tests whether items leave sooner, or later, in the weeks after a change than in those before: the log-rank test on
 * time at risk in two windows. An item that is waiting on the date is at risk in both windows, at its current age; so
 * the test compares how soon items of the same age leave, whenever they entered.
 *
 * @param leftBefore spells that left in the weeks before
 * @param leftAfter spells that left in the weeks after
 * @param expectedAfter exits expected after, if items left at the same rate in both windows
 * @param probability of a difference this large in the expected direction, one-sided; NaN if undefined
 */
record WindowLogRank(long leftBefore, long leftAfter, double expectedAfter, double probability) {

    /** Probability of a difference this large in the other direction, one-sided; NaN if undefined. */
    double oppositeProbability() {
        return 1 - probability;
    }

    /**
     * Compares the windows.
     *
     * @param isSooner whether items are expected to leave sooner after the change
     */
    static WindowLogRank of(List<SpellDays> spells, ComparisonWindow window, boolean isSooner) {
        LifeTable.Builder before = new LifeTable.Builder();
        LifeTable.Builder after = new LifeTable.Builder();
        for (SpellDays spell : spells) {
            spell.addTo(before, window.beforeFrom(), window.beforeTo());
            spell.addTo(after, window.afterFrom(), window.afterTo());
        }
        LifeTable tableAfter = after.build();
        LifeTable tableBefore = before.build();
        LogRank.Result result = LogRank.compare(List.of(tableBefore, tableAfter));
        double surplus = result.observed().get(1) - result.expected().get(1);
        double deviation = Math.sqrt(result.variance().get(1).get(1));
        return new WindowLogRank(
                tableBefore.leftCount(),
                tableAfter.leftCount(),
                result.expected().get(1),
                deviation == 0
                        ? Double.NaN
                        : NormalDistribution.of(0, 1).survivalProbability((isSooner ? surplus : -surplus) / deviation));
    }
}
