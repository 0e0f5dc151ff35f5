package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.cube.SpanCounts;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.Proportion;
import uk.fpw.statistics.period.Comparison;
import uk.fpw.statistics.period.CountedShares;
import uk.fpw.statistics.period.MeanDifference;
import uk.fpw.warehouse.force.queue.Better;
import uk.fpw.warehouse.force.queue.ComparedWindow;

/**
 * The rows of {@code mart.period_comparison}: the measures of a queue in the year to date, the latest whole quarter and
 * the last settled month, each beside the same period of two earlier years.
 */
final class PeriodComparisons {

    /** Fewer whole weeks say too little about how much they vary. */
    private static final int FEWEST_WEEKS = 8;

    private static final int WEEK = 7;
    private static final String NOT_ASSESSED = "chance not assessed";

    private final Series series;
    private final DayFigures days;
    private final PeriodFlows flows;
    private final PeriodSpread spread;
    private final PeriodWaits waits;
    private final ComparedPeriods compared;

    PeriodComparisons(Series series, DayFigures days, WorkingDays workingDays) {
        this.series = series;
        this.days = days;
        this.flows = new PeriodFlows(series, days, workingDays);
        this.spread = new PeriodSpread(series, days);
        this.waits = new PeriodWaits(series, spread);
        this.compared = series.queue().periods();
    }

    /** Writes the rows; none if the series is not the total of its queue. */
    void write(MartTable table) {
        if (!series.key().isTotal() || compared.periods().isEmpty()) {
            return;
        }
        for (ComparedWindow.Kind kind : ComparedWindow.Kind.values()) {
            for (int years = 1; years <= ComparedWindow.EARLIER_YEARS; years++) {
                for (PeriodMeasure measure : PeriodMeasure.values()) {
                    if (series.hasStandard() || !measure.needsStandard()) {
                        write(table, measure, compared.position(kind, 0), compared.position(kind, years));
                    }
                }
            }
        }
    }

    private void write(MartTable table, PeriodMeasure measure, int now, int before) {
        ComparedPeriods.Span current = compared.periods().get(now);
        ComparedPeriods.Span earlier = compared.periods().get(before);
        String unknown = unknown(current);
        String unknownBefore = unknown(earlier);
        PeriodSide later = unknown == null ? side(measure, now) : PeriodSide.UNKNOWN;
        PeriodSide past = unknownBefore == null ? side(measure, before) : PeriodSide.UNKNOWN;
        boolean isPrimary = measure.is(compared.primary());
        TableRows.Row row = table.row(series, current.to())
                .set("period_kind", current.kind().words())
                .set("compared_with", ComparedWindow.comparedWith(earlier.yearsBefore()))
                .set("measure", measure.words())
                .setDay("period_start_on", current.from())
                .setDay("period_end_on", current.to())
                .setDay("earlier_start_on", earlier.from())
                .setDay("earlier_end_on", earlier.to())
                .set("is_primary", isPrimary)
                .set("matters_from", compared.mattersFrom());
        later.set(row, "");
        past.set(row, "earlier_");
        PeriodDifference difference = unknown != null || unknownBefore != null
                ? PeriodDifference.none(
                        measure.flow() != null || measure == PeriodMeasure.TIME_WAITED,
                        Objects.requireNonNullElse(unknownBefore, unknown == null ? "" : unknown))
                : difference(measure, now, before, later, past);
        difference.set(row, isPrimary ? compared.better() : betterOf(measure), compared.mattersFrom());
        row.set("is_partial", current.from() < series.firstDay() || earlier.from() < series.firstDay())
                .set("is_provisional", false)
                .set("contributor_count", series.cube().spans().contributorsOfBoth(before))
                .end();
    }

    /** Lateness and work done have a direction in every queue. */
    private static @Nullable Better betterOf(PeriodMeasure measure) {
        return switch (measure) {
            case LATE_SHARE, LATE_SHARE_OF_STOCK, LONGEST_BAND_SHARE, TIME_WAITED -> Better.LOWER;
            case SERVED_SHARE -> Better.HIGHER;
            default -> null;
        };
    }

    /** Why nothing is known of a period; null if it is known. */
    private @Nullable String unknown(ComparedPeriods.Span span) {
        if (span.from() >= series.firstDay()
                && series.queue().isRetained(span.from())
                && !series.frozen().isFrozen(Period.MONTH.of(span.from()))) {
            return null;
        }
        return series.queue().retainedFrom() == QueueSpec.NONE
                ? "the figures of the queue begin on " + series.figuresFrom()
                : "items that were closed before "
                        + LocalDate.ofEpochDay(series.queue().retainedFrom()) + " have been removed";
    }

    private PeriodSide side(PeriodMeasure measure, int period) {
        ComparedPeriods.Span span = compared.periods().get(period);
        SpanCounts counts = series.cube().spans();
        int end = span.to() - series.firstDay();
        if (measure.flow() != null) {
            return flows.side(measure.flow(), period);
        }
        return switch (measure) {
            case NET_CHANGE -> {
                long[] weeks = weeks(span);
                yield new PeriodSide(
                        net(span.from(), span.to()), null, null, null, null, weeks.length, MeanDifference.mean(weeks));
            }
            case LATE_SHARE -> {
                SpanCounts.Count late = counts.of(period, SpanCounts.Event.LATE);
                SpanCounts.Count due = counts.of(period, SpanCounts.Event.DUE);
                yield new PeriodSide(
                        late.items(),
                        due.items(),
                        late.contributors(),
                        due.contributors(),
                        null,
                        null,
                        due.contributors() == 0 ? null : (Double) ((double) late.contributors() / due.contributors()));
            }
            case TIME_WAITED -> waits.side(span);
            case WAITING -> new PeriodSide(days.waiting[end], null, null, null, null, null, (double) days.waiting[end]);
            case LATE_SHARE_OF_STOCK -> PeriodSide.part(days.pastStandard[end], days.waiting[end]);
            case LONGEST_BAND_SHARE -> PeriodSide.part(longestBand(span.to()), days.waiting[end]);
            case SERVED_SHARE ->
                PeriodSide.part(
                        counts.of(period, SpanCounts.Event.SERVED).items(),
                        counts.of(period, SpanCounts.Event.LEFT).items());
            default -> throw new IllegalStateException(measure + " is a flow");
        };
    }

    private PeriodDifference difference(PeriodMeasure measure, int now, int before, PeriodSide later, PeriodSide past) {
        if (measure.flow() != null) {
            return flows.difference(measure.flow(), now, before, later, past);
        }
        return switch (measure) {
            case NET_CHANGE ->
                netChange(compared.periods().get(now), compared.periods().get(before));
            case LATE_SHARE -> lateShare(later, past);
            case TIME_WAITED -> waits.difference(compared.periods().get(before));
            case WAITING ->
                PeriodDifference.size(
                        (double) count(past.items()),
                        count(later.items()) - (double) count(past.items()),
                        NOT_ASSESSED);
            default ->
                PeriodDifference.size(
                        1,
                        later.value() == null || past.value() == null ? null : (Double) (later.value() - past.value()),
                        NOT_ASSESSED);
        };
    }

    static long count(@Nullable Long counted) {
        return Objects.requireNonNull(counted);
    }

    private long net(int from, int to) {
        long sum = 0;
        for (int at = from - series.firstDay(); at <= to - series.firstDay(); at++) {
            sum += days.received[at] + days.reentered[at] - days.left[at];
        }
        return sum;
    }

    /** By how much the queue grew in each whole week of a period. */
    private long[] weeks(ComparedPeriods.Span span) {
        List<Long> weeks = new ArrayList<>();
        for (int week = Period.WEEK.of(span.from() + WEEK - 1); Period.WEEK.lastDay(week) <= span.to(); week++) {
            weeks.add(net(Period.WEEK.firstDay(week), Period.WEEK.lastDay(week)));
        }
        return weeks.stream().mapToLong(Long::longValue).toArray();
    }

    private PeriodDifference netChange(ComparedPeriods.Span now, ComparedPeriods.Span before) {
        long[] later = weeks(now);
        long[] past = weeks(before);
        Double mean = MeanDifference.mean(later);
        Double meanBefore = MeanDifference.mean(past);
        Double size = mean == null || meanBefore == null ? null : (Double) (mean - meanBefore);
        double inflow = 0;
        for (int at = before.from() - series.firstDay(); at <= before.to() - series.firstDay(); at++) {
            inflow += days.received[at] + days.reentered[at];
        }
        double weekly = inflow * WEEK / (before.to() - before.from() + 1);
        if (Math.min(later.length, past.length) < FEWEST_WEEKS) {
            return PeriodDifference.size(weekly, size, "fewer than " + FEWEST_WEEKS + " whole weeks");
        }
        if (MeanDifference.isWandering(later, past)) {
            return PeriodDifference.size(
                    weekly, size, "each week resembles or avoids the next: its change may not have lasted");
        }
        Comparison chance = MeanDifference.of(later, past);
        return chance == null
                ? PeriodDifference.size(weekly, size, "all weeks of a period are alike")
                : new PeriodDifference(
                        false, false, weekly, chance.size(), chance, null, null, "Welch's test of whole weeks", null);
    }

    /** The test of cases, or that of items scaled by how the share wanders, whichever has the larger p. */
    private PeriodDifference lateShare(PeriodSide later, PeriodSide past) {
        if (count(later.ofCases()) == 0 || count(past.ofCases()) == 0) {
            return PeriodDifference.none(false, "no case or person was due in a period");
        }
        CountedShares cases =
                new CountedShares(proportion(later.cases(), later.ofCases()), proportion(past.cases(), past.ofCases()));
        CountedShares items =
                new CountedShares(proportion(later.items(), later.ofItems()), proportion(past.items(), past.ofItems()));
        String wandering = spread.wandering();
        if (wandering != null) {
            return PeriodDifference.size(1, cases.compare().size(), wandering);
        }
        double dispersion = spread.ofLate();
        Comparison ofCases = cases.compare();
        Comparison ofItems = items.scaled(dispersion);
        if (ofItems != null && ofCases.contradicts(ofItems, 0)) {
            return PeriodDifference.size(1, ofCases.size(), PeriodFlows.OPPOSITE);
        }
        boolean isByItems = ofItems != null && ofItems.log10P() >= ofCases.log10P();
        Comparison wider = isByItems ? Objects.requireNonNull(ofItems) : ofCases;
        return new PeriodDifference(
                false,
                false,
                1,
                wider.size(),
                wider,
                dispersion,
                isByItems ? "items" : "cases",
                isByItems
                        ? "score test, scaled by over-dispersion"
                        : "Fisher's exact test and Newcombe's interval, on cases",
                null);
    }

    private static Proportion proportion(@Nullable Long part, @Nullable Long whole) {
        return new Proportion(Math.toIntExact(count(part)), Math.toIntExact(count(whole)));
    }

    /** Items in the last age band at the end of a month. */
    private long longestBand(int monthEnd) {
        int last = series.queue().bandsFrom().size() - 1;
        int month = Period.MONTH.of(monthEnd);
        long[] sum = new long[1];
        series.cube().open().byAgeBand.forEach((key, change) -> {
            if (KeyedCounts.high(key) <= month && KeyedCounts.low(key) == last) {
                sum[0] += change;
            }
        });
        return sum[0];
    }
}
