package uk.fpw.metrics.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.ComparisonCounts;
import uk.fpw.metrics.cube.WaitCounts;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.SurvivalCurve;
import uk.fpw.statistics.wait.WaitSummary;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.force.queue.WaitComparison;
import uk.fpw.warehouse.message.Declaration;

/**
 * The rows of {@code mart.wait_comparison}: whether the waits of two groups differ by more than chance, for the pairs
 * of groups in each comparison that a queue declares. A comparison without a pair has one row that says why.
 */
final class ComparisonFigures {

    /** If no values of a slice are named, all pairs are compared, up to this number of values. */
    private static final int MOST_VALUES = 10;

    /** Stands for a missing group. */
    private static final String NO_GROUP = "(none)";

    private final Series series;
    private final MartTable table;
    private final ComparisonSpec spec;
    private final ComparisonCounts.Compared compared;

    private ComparisonFigures(Series series, MartTable table, int comparison) {
        this.series = series;
        this.table = table;
        this.spec = series.queue().comparisons().get(comparison);
        this.compared = series.cube().comparisons().of(comparison);
    }

    /** Writes the rows of every comparison of the queue; none if the series is not its total. */
    static void write(Series series, MartTable table) {
        if (series.key().isTotal()) {
            for (int i = 0; i < series.queue().comparisons().size(); i++) {
                new ComparisonFigures(series, table, i).write();
            }
        }
    }

    /**
     * A group with its waits.
     *
     * @param period its period; null if it is a value of a slice
     * @param lastObservedOn last day on which one of its items was at risk; the smallest number without items
     */
    private record Group(
            ComparisonSpec.Group key,
            ComparedGroup waits,
            @Nullable CalendarPeriod period,
            int lastObservedOn) {}

    private record Pair(Group first, Group second, ComparedGroup.Test test) {}

    private void write() {
        if (spec.refusal() != null) {
            writeWithoutPair(NO_GROUP, spec.refusal());
            return;
        }
        List<ComparisonSpec.Group> keys = keys();
        boolean isAnyValue =
                spec.by() == WaitComparison.By.SLICE && spec.groups().isEmpty();
        if (isAnyValue && keys.size() > MOST_VALUES) {
            writeWithoutPair(
                    "(" + keys.size() + " values)",
                    keys.size() + " values are too many to compare each with every other: name some in 'of'");
            return;
        }
        if (keys.size() < 2) {
            writeWithoutPair(keys.isEmpty() ? NO_GROUP : title(keys.get(0)), "there is nothing yet to compare it with");
            return;
        }
        List<Group> groups = keys.stream().map(this::group).toList();
        List<Pair> pairs = new ArrayList<>();
        for (int second = 1; second < groups.size(); second++) {
            Group other = groups.get(second);
            if (spec.isEvery()) {
                pairs.add(pair(groupBefore(groups.get(second - 1), other), other));
            } else {
                groups.subList(0, second).forEach(one -> pairs.add(pair(one, other)));
            }
        }
        long tests =
                pairs.stream().filter(pair -> pair.test.chiSquare() != null).count();
        pairs.forEach(pair -> write(pair, tests));
    }

    /** The directly preceding period, even if it is empty. */
    private Group groupBefore(Group earlier, Group group) {
        int period = group.key.period() - 1;
        return earlier.key.period() == period ? earlier : group(new ComparisonSpec.Group(period, group.key.value()));
    }

    private Pair pair(Group first, Group second) {
        ComparedGroup.Test test = first.waits.compareWith(second.waits);
        Declaration declaration = spec.declaration();
        return new Pair(
                first,
                second,
                declaration == null || declaration.changedOn() == null
                        ? test
                        : test.withheld("changed after it was declared on " + declaration.firstSeenOn() + ": on "
                                + declaration.changedOn() + " another '" + declaration.changedFields()
                                + "' was declared; give what is compared now a name of its own"));
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
        CalendarPeriod period = period(key);
        return period == null ? key.value() : period.title();
    }

    private @Nullable CalendarPeriod period(ComparisonSpec.Group key) {
        return spec.kind() == null ? null : new CalendarPeriod(spec.kind(), key.period());
    }

    private Group group(ComparisonSpec.Group key) {
        Map<String, WaitCounts.Cohort> counted = compared.strata(key);
        List<String> reasons = series.queue().exitReasons();
        Map<String, LifeTable> strata = new TreeMap<>();
        counted.forEach((value, cohort) -> strata.put(value, WaitFigures.table(List.of(cohort), reasons)));
        return new Group(
                key,
                new ComparedGroup(title(key), WaitFigures.table(counted.values(), reasons), strata),
                period(key),
                counted.values().stream()
                        .mapToInt(WaitCounts.Cohort::lastObservedOn)
                        .max()
                        .orElse(Integer.MIN_VALUE));
    }

    private void write(Pair pair, long tests) {
        ComparedGroup.Test test = pair.test;
        Double log10P = test.log10P();
        TableRows.Row row = row(pair.first.waits.name(), pair.second.waits.name())
                .set("chi_square", test.chiSquare())
                .set("log10_p", log10P)
                .set("comparison_count", tests)
                .set(
                        "log10_p_adjusted",
                        log10P == null ? null : (Double) Math.min(0, log10P + Math.log10((double) tests)))
                .set("compared_to_days", test.comparedToDays())
                .set("test_status", test.status())
                .set("is_partial", isPartial(pair.first.period, pair.second.period))
                .set(
                        "is_provisional",
                        series.isProvisional(Math.max(pair.first.lastObservedOn, pair.second.lastObservedOn)))
                .set("contributor_count", compared.contributors(pair.first.key, pair.second.key));
        setWaits(row, "first_", pair.first.waits.all(), test.firstExpected());
        setWaits(row, "second_", pair.second.waits.all(), test.secondExpected());
        row.end();
    }

    private void writeWithoutPair(String first, String reason) {
        TableRows.Row row = row(first, NO_GROUP)
                .set("chi_square", null)
                .set("log10_p", null)
                .set("comparison_count", 0)
                .set("log10_p_adjusted", null)
                .set("compared_to_days", null)
                .set("test_status", reason)
                .set("is_partial", isPartial())
                .set("is_provisional", series.isProvisional(series.queue().dataAsAt()))
                .set("contributor_count", 0);
        setWaits(row, "first_", null, null);
        setWaits(row, "second_", null, null);
        row.end();
    }

    private boolean isPartial(@Nullable CalendarPeriod... periods) {
        return PartialPeriod.ofComparison(
                Stream.of(periods).filter(Objects::nonNull).toList(), series.figuresFrom(), series.dataAsAt());
    }

    private TableRows.Row row(String first, String second) {
        String slice = spec.slice() == ComparisonSpec.NO_SLICE
                ? null
                : series.queue().slices().get(spec.slice());
        Declaration declaration = spec.declaration();
        return table.row(series)
                .set("comparison", spec.name())
                .set("declared_on", declaration == null ? null : declaration.firstSeenOn())
                .set("declaration_changed_on", declaration == null ? null : declaration.changedOn())
                .set("title", spec.title())
                .set("compared_by", spec.by().name().toLowerCase(Locale.ROOT))
                .set(
                        "group_meaning",
                        slice == null ? spec.by().words() : spec.by().words() + " " + slice)
                .set("first_group", first)
                .set("second_group", second)
                .set(
                        "within_slice",
                        spec.within() == ComparisonSpec.NO_SLICE
                                ? null
                                : series.queue().slices().get(spec.within()));
    }

    private static void setWaits(
            TableRows.Row row, String which, @Nullable LifeTable waits, @Nullable Double expected) {
        WaitSummary summary = waits == null || waits.count() == 0 ? null : WaitSummary.of(waits);
        SurvivalCurve.Quantile median =
                summary == null ? null : summary.quantiles().get(WaitSummary.SHARES.indexOf(0.5));
        row.set(which + "spell_count", waits == null ? null : (Long) waits.count())
                .set(which + "left_count", waits == null ? null : (Long) waits.leftCount())
                .set(which + "expected_count", expected)
                .set(which + "median_days", median == null ? null : median.value())
                .set(which + "median_low_days", median == null ? null : median.low())
                .set(which + "median_high_days", median == null ? null : median.high())
                .set(which + "curve_status", summary == null ? null : summary.curveStatus());
    }
}
