package uk.fpw.metrics.figures;

import java.util.Arrays;
import uk.fpw.metrics.cube.SpanCounts;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.statistics.period.Comparison;
import uk.fpw.statistics.period.CountedRates;
import uk.fpw.statistics.period.MonthSpread;
import uk.fpw.statistics.period.OverDispersion;

/** The flows of a queue in periods that are compared, per day of service. */
final class PeriodFlows {

    /** Whichever of the two were tested, its direction would not be that of the other. */
    static final String OPPOSITE = "cases and items point in opposite directions";

    /** Three years: months of each season three times. */
    private static final int MONTHS = 36;

    private final Series series;
    private final DayFigures days;
    private final WorkingDays workingDays;
    private final ServiceDays serviceDays;

    PeriodFlows(Series series, DayFigures days, WorkingDays workingDays) {
        this.series = series;
        this.days = days;
        this.workingDays = workingDays;
        this.serviceDays = ServiceDays.of(series.queue().service(), workingDays);
    }

    /** @param period position of the period among those of the queue */
    PeriodSide side(SpanCounts.Event event, int period) {
        ComparedPeriods.Span span = series.queue().periods().periods().get(period);
        SpanCounts.Count count = series.cube().spans().of(period, event);
        Integer served = serviceDays.between(span.from(), span.to());
        return new PeriodSide(
                count.items(),
                null,
                count.contributors(),
                null,
                served,
                null,
                served == null || served == 0 ? null : (Double) ((double) count.items() / served));
    }

    /** The test of cases or of items, whichever has the larger p; none where both are sure of opposite directions. */
    PeriodDifference difference(SpanCounts.Event event, int now, int before, PeriodSide later, PeriodSide past) {
        Integer served = later.serviceDays();
        Integer servedBefore = past.serviceDays();
        for (int period : new int[] {now, before}) {
            ComparedPeriods.Span span = series.queue().periods().periods().get(period);
            if (serviceDays.between(span.from(), span.to()) == null) {
                return PeriodDifference.none(true, workingDays.reason(span.from(), span.to()));
            }
        }
        if (served == null || servedBefore == null || served == 0 || servedBefore == 0) {
            return PeriodDifference.none(true, "a period has no day of service");
        }
        CountedRates cases = new CountedRates(
                Math.toIntExact(PeriodComparisons.count(later.cases())),
                served,
                Math.toIntExact(PeriodComparisons.count(past.cases())),
                servedBefore);
        CountedRates items = new CountedRates(
                Math.toIntExact(PeriodComparisons.count(later.items())),
                served,
                Math.toIntExact(PeriodComparisons.count(past.items())),
                servedBefore);
        MonthSpread months = months(event);
        double byDays = dispersion(event, now).with(dispersion(event, before)).factor();
        double dispersion = Math.max(byDays, months.factor());
        Comparison ofCases = cases.exact();
        Comparison ofItems = items.scaled(dispersion);
        if (ofCases == null || ofItems == null) {
            return PeriodDifference.none(true, "nothing was counted in either period");
        }
        if (ofCases.contradicts(ofItems, 1)) {
            return new PeriodDifference(true, false, 1, ofItems.size(), null, null, null, null, OPPOSITE);
        }
        boolean isByItems = ofItems.log10P() >= ofCases.log10P();
        Comparison wider = isByItems ? ofItems : ofCases;
        return new PeriodDifference(
                true,
                false,
                1,
                wider.size(),
                wider,
                dispersion,
                isByItems ? "items" : "cases",
                !isByItems
                        ? "exact conditional test"
                        : months.degrees() == 0
                                ? "score test, scaled by over-dispersion; how months vary is not known"
                                : dispersion > byDays
                                        ? "score test, scaled by how months vary"
                                        : "score test, scaled by over-dispersion",
                null);
    }

    /**
     * How the whole months up to the last compared day vary, as far back as they and their days of service are known.
     */
    private MonthSpread months(SpanCounts.Event event) {
        int last = Period.MONTH.of(series.queue().periods().periods().stream()
                .mapToInt(ComparedPeriods.Span::to)
                .max()
                .orElseThrow());
        int retained = series.queue().retainedFrom();
        int known = retained == QueueSpec.NONE ? series.firstDay() : Math.max(series.firstDay(), retained);
        long[] ofEvent = ofDays(event);
        long[] counts = new long[MONTHS];
        int[] served = new int[MONTHS];
        int at = MONTHS;
        for (int month = last; at > 0 && Period.MONTH.firstDay(month) >= known; month--) {
            Integer servedDays = serviceDays.between(Period.MONTH.firstDay(month), Period.MONTH.lastDay(month));
            if (servedDays == null || servedDays == 0) {
                break;
            }
            at--;
            served[at] = servedDays;
            for (int day = Period.MONTH.firstDay(month); day <= Period.MONTH.lastDay(month); day++) {
                counts[at] += ofEvent[day - series.firstDay()];
            }
        }
        return MonthSpread.of(Arrays.copyOfRange(counts, at, MONTHS), Arrays.copyOfRange(served, at, MONTHS));
    }

    private long[] ofDays(SpanCounts.Event event) {
        return event == SpanCounts.Event.RECEIVED
                ? days.received
                : event == SpanCounts.Event.LEFT ? days.left : days.served;
    }

    private OverDispersion dispersion(SpanCounts.Event event, int period) {
        ComparedPeriods.Span span = series.queue().periods().periods().get(period);
        SpanCounts.Count count = series.cube().spans().of(period, event);
        long[] ofEvent = ofDays(event);
        long[] byDay = new long[span.to() - span.from() + 1];
        System.arraycopy(ofEvent, span.from() - series.firstDay(), byDay, 0, byDay.length);
        return OverDispersion.of(count.items(), count.squares(), count.squaresByDay(), byDay);
    }
}
