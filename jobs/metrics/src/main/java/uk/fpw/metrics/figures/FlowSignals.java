package uk.fpw.metrics.figures;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.series.Period;
import uk.fpw.warehouse.force.queue.Service;

/**
 * The rows of {@code mart.queue_signal}: control charts of the monthly flows of a series, per day of service of the
 * queue. Stocks are not charted: the stock at the end of a month is that at its beginning plus a small change, so it
 * wanders even if nothing has changed (a random walk).
 */
final class FlowSignals {

    /** What is charted, in the order of the rows. */
    private enum Measure {
        RECEIVED("received", "came in", "came in"),
        LEFT("left", "left", "left"),
        NET_CHANGE("net change", "came in", "left");

        private final String label;
        private final String itemsAre;
        private final String othersAre;

        Measure(String label, String itemsAre, String othersAre) {
            this.label = label;
            this.itemsAre = itemsAre;
            this.othersAre = othersAre;
        }

        private long count(DayFigures days, int at) {
            return switch (this) {
                case RECEIVED -> days.received[at];
                case LEFT -> days.left[at];
                case NET_CHANGE -> days.received[at] + days.reentered[at] - days.left[at];
            };
        }

        /** What the months of the chart count. */
        private long items(DayFigures days, int at) {
            return switch (this) {
                case RECEIVED -> days.received[at];
                case LEFT -> days.left[at];
                case NET_CHANGE -> days.received[at] + days.reentered[at];
            };
        }

        private long others(DayFigures days, int at) {
            return this == NET_CHANGE ? days.left[at] : items(days, at);
        }
    }

    private final Series series;
    private final DayFigures days;
    private final WorkingDays workingDays;
    private final ServiceDays serviceDays;

    FlowSignals(Series series, DayFigures days, WorkingDays workingDays) {
        this.series = series;
        this.days = days;
        this.workingDays = workingDays;
        this.serviceDays = ServiceDays.of(series.queue().service(), workingDays);
    }

    void write(MartTable table) {
        for (Measure measure : Measure.values()) {
            MonthChart.Builder months = new MonthChart.Builder(measure.itemsAre, measure.othersAre).withSeasons();
            for (int month = series.firstPeriod(Period.MONTH); month <= series.lastPeriod(Period.MONTH); month++) {
                Integer served = served(month);
                String reason = reason(month, served);
                if (reason == null) {
                    months.add(
                            month,
                            (double) sum(measure::count, month) / Objects.requireNonNull(served),
                            sum(measure::items, month),
                            sum(measure::others, month));
                } else {
                    months.add(month, reason);
                }
            }
            write(table, measure, months.draw(series.queue().analysis().rebasedOn()));
        }
    }

    private void write(MartTable table, Measure measure, MonthChart chart) {
        KeyedCounts presences = series.cube().presences().by(Period.MONTH);
        long contributors = presences.before(series.firstPeriod(Period.MONTH));
        for (MonthChart.Month month : chart.months()) {
            int measuredTo = series.measuredTo(Period.MONTH, month.number());
            contributors += presences.get(month.number());
            Long frozen = series.frozen().contributors(month.number());
            chart.fillSeason(chart.fill(table.row(series, measuredTo), month), month)
                    .set("measure", measure.label)
                    .setDay("month_start_on", Period.MONTH.firstDay(month.number()))
                    .setDay("measured_to_on", measuredTo)
                    .set("flow_count", sum(measure::count, month.number()))
                    .set("working_day_count", working(month.number()))
                    .set("flow_per_working_day", isPerWorkingDay() ? month.value() : null)
                    .set("service", series.queue().service().code())
                    .set("service_day_count", served(month.number()))
                    .set("flow_per_service_day", month.value())
                    .set("is_partial", series.isPartial(Period.MONTH, month.number()))
                    .set("is_provisional", series.isProvisional(measuredTo))
                    .set("contributor_count", Objects.requireNonNullElse(frozen, contributors))
                    .end();
        }
    }

    private boolean isPerWorkingDay() {
        return series.queue().service().equals(Service.WORKING_DAYS);
    }

    private @Nullable String reason(int month, @Nullable Integer served) {
        int measuredTo = series.measuredTo(Period.MONTH, month);
        String reason = MonthChart.reason(series, month, series.isProvisional(measuredTo));
        if (reason != null) {
            return reason;
        }
        if (served == null) {
            return workingDays.reason(Period.MONTH.firstDay(month), measuredTo);
        }
        return served == 0 ? "the month has no " + (isPerWorkingDay() ? "working day" : "day of service") : null;
    }

    /** Working days among the counted days of a month; null if unknown. */
    private @Nullable Integer working(int month) {
        return workingDays.between(firstDay(month), series.measuredTo(Period.MONTH, month));
    }

    /** Days of service among the counted days of a month; null if unknown. */
    private @Nullable Integer served(int month) {
        return serviceDays.between(firstDay(month), series.measuredTo(Period.MONTH, month));
    }

    /** A daily number, summed over a month. */
    private interface OfDay {
        long count(DayFigures days, int at);
    }

    private long sum(OfDay number, int month) {
        long sum = 0;
        for (int day = firstDay(month); day <= series.measuredTo(Period.MONTH, month); day++) {
            sum += number.count(days, day - series.firstDay());
        }
        return sum;
    }

    private int firstDay(int month) {
        return Math.max(Period.MONTH.firstDay(month), series.firstDay());
    }
}
