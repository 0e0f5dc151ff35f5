package uk.fpw.statistics.wait;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Behind how many contributors a figure must be for its interval, or its test, to mean what it says. The arithmetic
 * answers for any number; who publishes withholds, with the reason. How often intervals and tests hold, by number of
 * contributors, is in {@code docs/methods.md}.
 */
public final class FewestContributors {

    /** Where each contributor has one item, so that all items are independent. */
    public static final int WITH_ONE_ITEM_EACH = 30;

    private FewestContributors() {}

    /**
     * Why a curve has no intervals; null if it has.
     *
     * @param contributors distinct contributors of the curve
     * @param items its items
     */
    public static @Nullable String ofCurve(long contributors, long items) {
        int fewest = items > contributors ? InfluenceSums.FEWEST_CONTRIBUTORS : WITH_ONE_ITEM_EACH;
        return contributors >= fewest ? null : reason(contributors, fewest, items > contributors, "");
    }

    /**
     * Why two groups are not tested; null if they are.
     *
     * @param group name of one of the groups
     * @param contributors distinct contributors of this group
     * @param isRobust whether some contributor of the two groups has several items
     */
    public static @Nullable String ofTest(String group, long contributors, boolean isRobust) {
        int fewest = isRobust ? LogRankSums.FEWEST_CONTRIBUTORS : WITH_ONE_ITEM_EACH;
        return contributors >= fewest ? null : reason(contributors, fewest, isRobust, " in " + group);
    }

    /**
     * Why two groups of which few have left are not tested; null if they are.
     *
     * @param fewestExpected exits expected of the group of which fewer are
     * @param isRobust whether some contributor of the two groups has several items
     */
    public static @Nullable String ofExits(double fewestExpected, boolean isRobust) {
        return !isRobust || fewestExpected >= LogRankSums.FEWEST_EXITS
                ? null
                : String.format(
                        Locale.ROOT,
                        "too few: %d exits expected of a group, fewer than %d, of cases or people with several items",
                        (long) fewestExpected,
                        LogRankSums.FEWEST_EXITS);
    }

    private static String reason(long contributors, int fewest, boolean areSeveral, String where) {
        return String.format(
                Locale.ROOT,
                "too few: %d %s%s, fewer than %d%s",
                contributors,
                contributors == 1 ? "case or person" : "cases or people",
                where,
                fewest,
                areSeveral ? ", some with several items" : "");
    }
}
