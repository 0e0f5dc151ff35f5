package uk.fpw.statistics.wait;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A group of items whose waits are compared with those of another.
 *
 * @param name its name in reasons, such as {@code 2014/15}
 * @param all the waits of the group
 * @param strata the waits by stratum, within which groups are compared; a single one if there are no strata
 */
public record ComparedGroup(String name, LifeTable all, Map<String, LifeTable> strata) {

    /** With fewer exits of both groups together, nothing is tested. */
    private static final int FEWEST_EXITS = 3;

    /** With fewer expected exits of a group, the statistic is only roughly chi-square. */
    private static final double FEW_EXPECTED = 5;

    /** Variance of a test of items of which each has a contributor of its own ({@link LogRank}). */
    public static final String HYPERGEOMETRIC = "hypergeometric";

    /** Variance of a test of items of which some have the same contributor ({@link LogRankSums}). */
    public static final String BY_CONTRIBUTOR = "by contributor";

    /** Copies the strata. */
    public ComparedGroup {
        strata = Map.copyOf(strata);
    }

    /**
     * Log-rank test of two groups.
     *
     * @param firstExpected exits expected of the first group if both waited alike; null without a test
     * @param secondExpected the same for the second
     * @param chiSquare with one degree of freedom; null without a test
     * @param log10P logarithm to base 10 of the probability of a difference this large if both waited alike
     * @param comparedToDays last day of wait on which items of both were at risk, in the same stratum; null if there
     *     is none
     * @param status {@code ok}, or what to know, or why there is no test
     */
    public record Test(
            @Nullable Double firstExpected,
            @Nullable Double secondExpected,
            @Nullable Double chiSquare,
            @Nullable Double log10P,
            @Nullable Integer comparedToDays,
            String status) {

        /** Exits expected of the group of which fewer are; null without a test. */
        public @Nullable Double fewestExpected() {
            return firstExpected == null || secondExpected == null ? null : Math.min(firstExpected, secondExpected);
        }

        /** The groups without their test. */
        public Test withheld(String reason) {
            return untested(comparedToDays, reason);
        }
    }

    /** Compares this group, as the first, with another; as if all items were independent. */
    public Test compareWith(ComparedGroup other) {
        return compareWith(other, null);
    }

    /** What an item does to the test of this group, as the first, with another; its strata are those in order. */
    public LogRankWeights weightsWith(ComparedGroup other) {
        return LogRankWeights.of(tables(other));
    }

    /** Names of the strata of both groups, in order. */
    public List<String> strataWith(ComparedGroup other) {
        Set<String> values = new TreeSet<>(strata.keySet());
        values.addAll(other.strata.keySet());
        return List.copyOf(values);
    }

    /**
     * Compares this group, as the first, with another.
     *
     * @param byContributor sums over all contributors of the two groups, made with {@link #weightsWith}; null where
     *     every contributor has one item
     */
    public Test compareWith(ComparedGroup other, @Nullable LogRankSums byContributor) {
        String emptyOnes = String.join(
                " and ",
                Stream.of(this, other)
                        .filter(group -> group.all.count() == 0)
                        .map(ComparedGroup::name)
                        .toList());
        if (!emptyOnes.isEmpty()) {
            return untested(null, "no items in " + emptyOnes);
        }
        List<List<LifeTable>> tables = tables(other);
        Integer comparedTo = lastDayOfBoth(tables);
        long left = all.leftCount() + other.all.leftCount();
        if (left < FEWEST_EXITS) {
            return untested(comparedTo, "too few have left: " + left);
        }
        LogRank.Result result = LogRank.compareWithin(tables);
        double chiSquare = byContributor == null || Double.isNaN(result.chiSquare())
                ? result.chiSquare()
                : byContributor.chiSquare();
        if (Double.isNaN(chiSquare)) {
            return untested(
                    comparedTo, "on no day of their wait were items of both at risk while only some of them left");
        }
        double fewest =
                result.expected().stream().min(Comparator.naturalOrder()).orElseThrow();
        return new Test(
                result.expected().get(0),
                result.expected().get(1),
                chiSquare,
                LogRank.log10P(chiSquare),
                comparedTo,
                fewest < FEW_EXPECTED ? "fewer than 5 exits expected of a group: p is rough" : "ok");
    }

    /**
     * How many times as fast the second group leaves as the first, at the same day of wait: Peto's one-step estimate
     * {@code exp((observed - expected) / variance)} of the ratio of their rates of leaving (Peto and Peto 1972), with
     * an interval that excludes 1 exactly where the test has p below 5 %.
     *
     * @param ratio above 1 if the second group waits less
     * @param low lower end of its 95 % interval
     * @param high upper end
     * @param standardError of the natural logarithm of the ratio
     */
    public record LeavingRatio(double ratio, double low, double high, double standardError) {

        private static final double Z = 1.959963984540054;

        /** The same with a variance of the test that is larger by a factor. */
        public LeavingRatio scaled(double dispersion) {
            return of(Math.log(ratio), standardError * Math.sqrt(dispersion));
        }

        private static LeavingRatio of(double log, double standardError) {
            return new LeavingRatio(
                    Math.exp(log), Math.exp(log - Z * standardError), Math.exp(log + Z * standardError), standardError);
        }
    }

    /**
     * The ratio of the rates at which another group, as the second, and this one leave; null where there is no test.
     *
     * @param byContributor as in {@link #compareWith(ComparedGroup, LogRankSums)}
     */
    public @Nullable LeavingRatio leavingRatio(ComparedGroup other, @Nullable LogRankSums byContributor) {
        if (compareWith(other, byContributor).chiSquare() == null) {
            return null;
        }
        LogRank.Result result = LogRank.compareWithin(tables(other));
        double variance = result.variance().get(1).get(1);
        return LeavingRatio.of(
                (result.observed().get(1) - result.expected().get(1)) / variance,
                Math.sqrt(byContributor == null ? variance : byContributor.variance()) / variance);
    }

    private static Test untested(@Nullable Integer comparedTo, String reason) {
        return new Test(null, null, null, null, comparedTo, reason);
    }

    /** One group may be at risk when the other is not: in windows, or if one cohort was followed for longer. */
    private static @Nullable Integer lastDayOfBoth(List<List<LifeTable>> strata) {
        return strata.stream()
                .filter(both -> both.get(0).count() > 0 && both.get(1).count() > 0)
                .map(both -> {
                    int day = (int) Math.min(both.get(0).lastTime(), both.get(1).lastTime());
                    while (day >= 0
                            && (both.get(0).atRisk(day) == 0 || both.get(1).atRisk(day) == 0)) {
                        day--;
                    }
                    return day;
                })
                .filter(day -> day >= 0)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** The tables of both groups by stratum; an empty table for a group without items in a stratum. */
    private List<List<LifeTable>> tables(ComparedGroup other) {
        LifeTable none = new LifeTable.Builder().build();
        List<List<LifeTable>> tables = new ArrayList<>();
        for (String value : strataWith(other)) {
            tables.add(List.of(strata.getOrDefault(value, none), other.strata.getOrDefault(value, none)));
        }
        return tables;
    }
}
