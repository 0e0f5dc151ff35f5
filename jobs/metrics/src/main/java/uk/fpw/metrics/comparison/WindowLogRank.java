package uk.fpw.metrics.comparison;

import java.util.List;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.ComparedWaits;
import uk.fpw.statistics.wait.FewestContributors;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.LogRank;
import uk.fpw.statistics.wait.LogRankSums;
import uk.fpw.statistics.wait.LogRankWeights;

/**
 * Tests whether items leave sooner, or later, in the weeks after a change than in those before: the log-rank test on
 * time at risk in two windows. An item that is waiting on the date is at risk in both windows, at its current age; so
 * the test compares how soon items of the same age leave, whenever they entered.
 *
 * <p>Items of one contributor are not independent: where some contributor has several, the variance is that over
 * contributors ({@link LogRankSums}).
 *
 * @param leftBefore spells that left in the weeks before
 * @param leftAfter spells that left in the weeks after
 * @param expectedAfter exits expected after, if items left at the same rate in both windows
 * @param contributorsBefore distinct contributors of spells at risk in the weeks before
 * @param contributorsAfter the same in the weeks after
 * @param isRobust whether some contributor has several spells
 * @param probability of a difference this large in the expected direction, one-sided; NaN if undefined
 */
record WindowLogRank(
        long leftBefore,
        long leftAfter,
        double expectedAfter,
        long contributorsBefore,
        long contributorsAfter,
        boolean isRobust,
        double probability) {

    /** Probability of a difference this large in the other direction, one-sided; NaN if undefined. */
    double oppositeProbability() {
        return 1 - probability;
    }

    /** The variance of the test: {@code by contributor} or {@code hypergeometric}. */
    String variance() {
        return isRobust ? ComparedGroup.BY_CONTRIBUTOR : ComparedGroup.HYPERGEOMETRIC;
    }

    /** Why there are too few contributors, or exits, for a test; null if there are enough. */
    @Nullable
    String tooFew() {
        String before = FewestContributors.ofTest("the weeks before the change", contributorsBefore, isRobust);
        if (before != null) {
            return before;
        }
        String after = FewestContributors.ofTest("the weeks after the change", contributorsAfter, isRobust);
        double expectedBefore = leftBefore + leftAfter - expectedAfter;
        return after == null ? FewestContributors.ofExits(Math.min(expectedBefore, expectedAfter), isRobust) : after;
    }

    /** Compares the windows, as if all spells were independent. */
    static WindowLogRank of(List<SpellDays> spells, ComparisonWindow window, boolean isSooner) {
        return of(SpellsAtRisk.independent(spells), window, isSooner);
    }

    /**
     * Compares the windows.
     *
     * @param isSooner whether items are expected to leave sooner after the change
     */
    static WindowLogRank of(SpellsAtRisk spells, ComparisonWindow window, boolean isSooner) {
        LifeTable.Builder before = new LifeTable.Builder();
        LifeTable.Builder after = new LifeTable.Builder();
        for (SpellDays spell : spells.days()) {
            spell.addTo(before, window.beforeFrom(), window.beforeTo());
            spell.addTo(after, window.afterFrom(), window.afterTo());
        }
        LifeTable tableAfter = after.build();
        LifeTable tableBefore = before.build();
        List<LifeTable> both = List.of(tableBefore, tableAfter);
        LogRank.Result result = LogRank.compare(both);
        LogRankSums sums = sums(both, spells, window);
        double surplus = result.observed().get(1) - result.expected().get(1);
        // who is not compared with anybody has no variance, whatever rounding leaves of the squares
        double variance = result.variance().get(1).get(1);
        double deviation = Math.sqrt(variance > 0 && sums.isRobustNeeded() ? sums.variance() : variance);
        return new WindowLogRank(
                tableBefore.leftCount(),
                tableAfter.leftCount(),
                result.expected().get(1),
                sums.contributors(0),
                sums.contributors(1),
                sums.isRobustNeeded(),
                deviation == 0
                        ? Double.NaN
                        : NormalDistribution.of(0, 1).survivalProbability((isSooner ? surplus : -surplus) / deviation));
    }

    private static LogRankSums sums(List<LifeTable> both, SpellsAtRisk spells, ComparisonWindow window) {
        LogRankSums sums = new LogRankSums(LogRankWeights.of(List.of(both)));
        ComparedWaits waits = new ComparedWaits();
        spells.forEachContributor(contributor -> {
            waits.clear();
            for (SpellDays spell : contributor.spells()) {
                boolean isBefore = spell.isIn(window.beforeFrom(), window.beforeTo());
                boolean isAfter = spell.isIn(window.afterFrom(), window.afterTo());
                if (isBefore || isAfter) {
                    waits.addItem();
                }
                if (isBefore) {
                    spell.addPartTo(waits, 0, window.beforeFrom(), window.beforeTo());
                }
                if (isAfter) {
                    spell.addPartTo(waits, 1, window.afterFrom(), window.afterTo());
                }
            }
            for (long i = 0; i < contributor.contributors(); i++) {
                sums.add(waits);
            }
        });
        return sums;
    }
}
