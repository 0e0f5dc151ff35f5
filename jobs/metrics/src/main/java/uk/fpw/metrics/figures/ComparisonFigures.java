package uk.fpw.metrics.figures;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.wait.ComparedGroup;
import uk.fpw.statistics.wait.LifeTable;
import uk.fpw.statistics.wait.LogRankSums;
import uk.fpw.statistics.wait.SurvivalCurve;
import uk.fpw.statistics.wait.WaitSummary;
import uk.fpw.warehouse.force.queue.CalendarPeriod;
import uk.fpw.warehouse.message.Declaration;

/**
 * The rows of {@code mart.wait_comparison}: whether the waits of two groups differ by more than chance, for the pairs
 * of groups in each comparison that a queue declares. A comparison without a pair has one row that says why.
 */
final class ComparisonFigures {

    private final Series series;
    private final MartTable table;
    private final ComparisonSpec spec;
    private final ComparedPairs compared;

    private ComparisonFigures(Series series, MartTable table, int comparison) {
        this.series = series;
        this.table = table;
        this.spec = series.queue().comparisons().get(comparison);
        this.compared = new ComparedPairs(series.queue(), comparison, series.cube());
    }

    /** Writes the rows of every comparison of the queue; none if the series is not its total. */
    static void write(Series series, MartTable table) {
        if (series.key().isTotal()) {
            for (int i = 0; i < series.queue().declaredComparisons(); i++) {
                new ComparisonFigures(series, table, i).write();
            }
        }
    }

    /** @param variance that of the test; null without one */
    private record Tested(
            ComparedPairs.Pair pair,
            ComparedGroup.Test test,
            @Nullable String variance) {}

    private void write() {
        ComparedPairs.Missing missing = compared.missing();
        if (missing != null) {
            writeWithoutPair(missing.first(), missing.reason());
            return;
        }
        List<Tested> tested = compared.pairs().stream().map(this::test).toList();
        long tests = tested.stream().filter(one -> one.variance != null).count();
        tested.forEach(one -> write(one, tests));
    }

    private Tested test(ComparedPairs.Pair pair) {
        WaitSums variances = series.variances();
        String withheld = variances == null ? null : pair.withheld();
        LogRankSums byContributor =
                variances == null || withheld != null || !pair.isRobust() ? null : variances.pair(pair.key());
        ComparedGroup.Test test = pair.first().waits().compareWith(pair.second().waits(), byContributor);
        if (withheld == null && variances != null) {
            withheld = pair.tooFewLeft(test);
        }
        if (withheld != null && test.chiSquare() != null) {
            test = test.withheld(withheld);
        }
        Declaration declaration = spec.declaration();
        if (declaration != null && declaration.changedOn() != null) {
            test = test.withheld("changed after it was declared on " + declaration.firstSeenOn() + ": on "
                    + declaration.changedOn() + " another '" + declaration.changedFields()
                    + "' was declared; give what is compared now a name of its own");
        }
        String variance = byContributor == null ? ComparedGroup.HYPERGEOMETRIC : ComparedGroup.BY_CONTRIBUTOR;
        return new Tested(pair, test, test.chiSquare() == null ? null : variance);
    }

    private void write(Tested tested, long tests) {
        ComparedGroup.Test test = tested.test;
        ComparedPairs.Group first = tested.pair.first();
        ComparedPairs.Group second = tested.pair.second();
        Double log10P = test.log10P();
        TableRows.Row row = row(first.waits().name(), second.waits().name())
                .set("chi_square", test.chiSquare())
                .set("log10_p", log10P)
                .set("variance", tested.variance)
                .set("comparison_count", tests)
                .set(
                        "log10_p_adjusted",
                        log10P == null ? null : (Double) Math.min(0, log10P + Math.log10((double) tests)))
                .set("compared_to_days", test.comparedToDays())
                .set("test_status", test.status())
                .set("is_partial", isPartial(first.period(), second.period()))
                .set("is_provisional", series.isProvisional(Math.max(first.lastObservedOn(), second.lastObservedOn())))
                .set("item_count", tested.pair.items())
                .set("contributor_count", tested.pair.contributors());
        setWaits(row, "first_", first, test.firstExpected());
        setWaits(row, "second_", second, test.secondExpected());
        row.end();
    }

    private void writeWithoutPair(String first, String reason) {
        TableRows.Row row = row(first, ComparedPairs.NO_GROUP)
                .set("chi_square", null)
                .set("log10_p", null)
                .set("variance", null)
                .set("comparison_count", 0)
                .set("log10_p_adjusted", null)
                .set("compared_to_days", null)
                .set("test_status", reason)
                .set("is_partial", isPartial())
                .set("is_provisional", series.isProvisional(series.queue().dataAsAt()))
                .set("item_count", 0)
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

    private void setWaits(
            TableRows.Row row, String which, ComparedPairs.@Nullable Group group, @Nullable Double expected) {
        LifeTable waits = group == null ? null : group.waits().all();
        WaitSummary summary = group == null || waits == null || waits.count() == 0
                ? null
                : WaitSummary.of(waits, series.variance(group.curve(), group.contributors(), waits.count()));
        SurvivalCurve.Quantile median =
                summary == null ? null : summary.quantiles().get(WaitSummary.SHARES.indexOf(0.5));
        row.set(which + "spell_count", waits == null ? null : (Long) waits.count())
                .set(which + "left_count", waits == null ? null : (Long) waits.leftCount())
                .set(which + "contributor_count", group == null ? null : (Long) group.contributors())
                .set(which + "expected_count", expected)
                .set(which + "median_days", median == null ? null : median.value())
                .set(which + "median_low_days", median == null ? null : median.low())
                .set(which + "median_high_days", median == null ? null : median.high())
                .set(which + "curve_status", summary == null ? null : summary.curveStatus())
                .set(which + "interval_status", summary == null ? null : summary.intervalStatus());
    }
}
