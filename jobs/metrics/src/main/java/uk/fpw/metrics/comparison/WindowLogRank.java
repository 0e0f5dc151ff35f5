package uk.fpw.metrics.comparison;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import uk.fpw.metrics.wait.LifeTable;
import uk.fpw.metrics.wait.LogRank;

/**
 * Whether items leave sooner, or later, in the weeks after a change than in those before: the log-rank test of time at
 * risk in two windows. An item that waits through the date is at risk in both, with the age that it has there; so what
 * is compared is how soon items of the same age leave, whoever entered when.
 *
 * @param leftBefore spells that left in the weeks before
 * @param leftAfter spells that left in the weeks after
 * @param expectedAfter spells that would have left after if items left as soon as in both windows together
 * @param probability of so great a difference in the expected direction, one-sided; NaN if it is not defined
 */
record WindowLogRank(long leftBefore, long leftAfter, double expectedAfter, double probability) {

    /** Probability of so great a difference in the other direction, one-sided; NaN if it is not defined. */
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
