package uk.fpw.metrics.figures;

import uk.fpw.metrics.cube.ExitCounts;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.series.Period;

/** The rows of {@code mart.queue_exit}: exits of a series by month and reason, with every reason in every month. */
final class ExitFigures {

    private ExitFigures() {}

    static void write(Series series, MartTable table) {
        ExitCounts exits = series.cube().exits();
        for (int month = series.firstPeriod(Period.MONTH); month <= series.lastPeriod(Period.MONTH); month++) {
            int measuredTo = series.measuredTo(Period.MONTH, month);
            for (int reason = 0; reason < series.queue().exitReasons().size(); reason++) {
                long key = KeyedCounts.key(month, reason);
                boolean isFirst = month == series.firstPeriod(Period.MONTH);
                table.row(series, measuredTo)
                        .setDay("month_start_on", Period.MONTH.firstDay(month))
                        .setDay("measured_to_on", measuredTo)
                        .set("exit_reason", series.queue().exitReasons().get(reason))
                        .set("is_served", series.queue().servedReasons().get(reason))
                        .set("left_count", isFirst ? exits.leftFrom(series.firstDay(), reason) : exits.left.get(key))
                        .set("is_partial", series.isPartial(Period.MONTH, month))
                        .set("is_provisional", series.isProvisional(measuredTo))
                        .set(
                                "contributor_count",
                                isFirst
                                        ? exits.contributorsFrom(series.firstDay(), reason)
                                        : exits.contributors.get(key))
                        .end();
            }
        }
    }
}
