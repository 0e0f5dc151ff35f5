package uk.fpw.metrics.figures;

import uk.fpw.metrics.cube.SpanCounts;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.statistics.period.Comparison;
import uk.fpw.statistics.period.CountedRates;
import uk.fpw.statistics.period.OverDispersion;

/** The flows of a queue in periods that are compared, per day of service. */
final class PeriodFlows {

    /** Whichever of the two were tested, its direction would not be that of the other. */
    private static final String OPPOSITE = "cases and items point in opposite directions";

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
        double dispersion =
                dispersion(event, now).with(dispersion(event, before)).factor();
        Comparison ofCases = cases.exact();
        Comparison ofItems = items.scaled(dispersion);
        if (ofCases == null || ofItems == null) {
            return PeriodDifference.none(true, "nothing was counted in either period");
        }
        if (ofCases.contradicts(ofItems)) {
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
                isByItems ? "score test, scaled by over-dispersion" : "exact conditional test",
                null);
    }

    private OverDispersion dispersion(SpanCounts.Event event, int period) {
        ComparedPeriods.Span span = series.queue().periods().periods().get(period);
        SpanCounts.Count count = series.cube().spans().of(period, event);
        long[] ofEvent = event == SpanCounts.Event.RECEIVED
                ? days.received
                : event == SpanCounts.Event.LEFT ? days.left : days.served;
        long[] byDay = new long[span.to() - span.from() + 1];
        System.arraycopy(ofEvent, span.from() - series.firstDay(), byDay, 0, byDay.length);
        return OverDispersion.of(count.items(), count.squares(), count.squaresByDay(), byDay);
    }
}
