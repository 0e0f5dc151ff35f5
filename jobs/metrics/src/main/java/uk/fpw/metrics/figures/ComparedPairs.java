package uk.fpw.metrics.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.ComparisonCounts;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CurveKey;
import uk.fpw.metrics.cube.PairKey;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.FewestContributors;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.WaitComparison;

/** The pairs of groups that a comparison of a queue compares, or why there are none. */
final class ComparedPairs {

    /** If no values of a slice are named, all pairs are compared, up to this number of values. */
    private static final int MOST_VALUES = 10;

    /** Stands for a missing group. */
    static final String NO_GROUP = "(none)";

    private final QueueSpec queue;
    private final int comparison;
    private final ComparisonSpec spec;
    private final ComparisonCounts.Compared compared;

    ComparedPairs(QueueSpec queue, int comparison, Cube cube) {
        this.queue = queue;
        this.comparison = comparison;
        this.spec = queue.comparisons().get(comparison);
        this.compared = cube.comparisons().of(comparison);
    }

    /**
     * A group with its waits.
     *
     * @param contributors distinct contributors behind it
     * @param period its period; null if it is a value of a slice
     * @param lastObservedOn last day on which one of its items was at risk; the smallest number without items
     */
    record Group(
            CurveKey curve,
            ComparisonSpec.Group key,
            ComparedGroup waits,
            long contributors,
            @Nullable CalendarPeriod period,
            int lastObservedOn) {}

    /**
     * Two groups.
     *
     * @param contributors distinct contributors behind them
     * @param items distinct items in them
     */
    record Pair(PairKey key, Group first, Group second, long contributors, long items) {

        /** Whether some contributor has several items, so that they may not be independent. */
        boolean isRobust() {
            return items > contributors;
        }

        /** Why there are too few contributors for a test; null if there are enough. */
        @Nullable
        String withheld() {
            String withheld = FewestContributors.ofTest("the first group", first.contributors, isRobust());
            return withheld == null
                    ? FewestContributors.ofTest("the second group", second.contributors, isRobust())
                    : withheld;
        }

        /** Why too few have left for a test by contributor; null if enough have, or there is no test. */
        @Nullable
        String tooFewLeft(ComparedGroup.Test test) {
            Double fewest = test.fewestExpected();
            return fewest == null ? null : FewestContributors.ofExits(fewest, isRobust());
        }
    }

    /** Why there is no pair, with the words in place of the first group. */
    record Missing(String first, String reason) {}

    /** Why there is no pair; null if there is one. */
    @Nullable
    Missing missing() {
        if (spec.refusal() != null) {
            return new Missing(NO_GROUP, spec.refusal());
        }
        List<ComparisonSpec.Group> keys = keys();
        boolean isAnyValue =
                spec.by() == WaitComparison.By.SLICE && spec.groups().isEmpty();
        if (isAnyValue && keys.size() > MOST_VALUES) {
            return new Missing(
                    "(" + keys.size() + " values)",
                    keys.size() + " values are too many to compare each with every other: name some in 'of'");
        }
        return keys.size() < 2
                ? new Missing(keys.isEmpty() ? NO_GROUP : title(keys.get(0)), "there is nothing yet to compare it with")
                : null;
    }

    /** The pairs; empty if they are missing. */
    List<Pair> pairs() {
        if (missing() != null) {
            return List.of();
        }
        List<Group> groups = keys().stream().map(this::group).toList();
        if (!spec.spans().isEmpty()) {
            // each earlier one with the current
            return groups.subList(1, groups.size()).stream()
                    .map(earlier -> pair(earlier, groups.get(0)))
                    .toList();
        }
        List<Pair> pairs = new ArrayList<>();
        for (int second = 1; second < groups.size(); second++) {
            Group other = groups.get(second);
            if (spec.isEvery()) {
                pairs.add(pair(groupBefore(groups.get(second - 1), other), other));
            } else {
                groups.subList(0, second).forEach(one -> pairs.add(pair(one, other)));
            }
        }
        return pairs;
    }

    private Pair pair(Group first, Group second) {
        return new Pair(
                new PairKey(comparison, first.key, second.key),
                first,
                second,
                compared.contributors(first.key, second.key),
                compared.items(first.key, second.key));
    }

    /** The directly preceding period, even if it is empty. */
    private Group groupBefore(Group earlier, Group group) {
        int period = group.key.period() - 1;
        return earlier.key.period() == period ? earlier : group(new ComparisonSpec.Group(period, group.key.value()));
    }

    /** The groups in order: as named, otherwise those that exist, by time or value. */
    private List<ComparisonSpec.Group> keys() {
        return spec.groups().isEmpty()
                ? compared.groups().stream()
                        .sorted(Comparator.comparingInt(ComparisonSpec.Group::period)
                                .thenComparing(ComparisonSpec.Group::value, SparkText.ORDER))
                        .toList()
                : spec.groups();
    }

    private String title(ComparisonSpec.Group key) {
        if (!spec.spans().isEmpty()) {
            return spec.span(key).title();
        }
        CalendarPeriod period = period(key);
        return period == null ? key.value() : period.title();
    }

    private @Nullable CalendarPeriod period(ComparisonSpec.Group key) {
        return spec.kind() == null ? null : new CalendarPeriod(spec.kind(), key.period());
    }

    private Group group(ComparisonSpec.Group key) {
        Map<String, WaitCounts.Cohort> counted = compared.strata(key);
        Map<String, LifeTable> strata = new TreeMap<>();
        counted.forEach((value, cohort) -> strata.put(value, WaitFigures.table(List.of(cohort), queue.exitReasons())));
        return new Group(
                CurveKey.ofGroup(comparison, key),
                key,
                new ComparedGroup(title(key), WaitFigures.table(counted.values(), queue.exitReasons()), strata),
                compared.contributors(key),
                period(key),
                counted.values().stream()
                        .mapToInt(WaitCounts.Cohort::lastObservedOn)
                        .max()
                        .orElse(Integer.MIN_VALUE));
    }
}
