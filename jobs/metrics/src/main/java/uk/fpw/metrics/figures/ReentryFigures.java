package uk.fpw.metrics.figures;

import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.cube.ReentryCounts;
import uk.fpw.metrics.cube.ReentryCounts.Fate;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.ReentryShare;

/**
 * Re-entries into a series. {@code mart.queue_reentry}: re-entries by month and reason, with every reason in every
 * month. {@code mart.reentry_share}: the share of a month's exits that came back within 90 days.
 */
final class ReentryFigures {

    private ReentryFigures() {}

    static void write(Series series, MartTable byReason, MartTable shares) {
        ReentryCounts counts = series.cube().reentries();
        for (int month = series.firstPeriod(Period.MONTH); month <= series.lastPeriod(Period.MONTH); month++) {
            for (int reason = 0; reason < series.queue().reentryReasons().size(); reason++) {
                byReason(series, counts, month, reason, byReason);
            }
            share(series, counts, month, shares);
        }
    }

    private static void byReason(Series series, ReentryCounts counts, int month, int reason, MartTable table) {
        int measuredTo = series.measuredTo(Period.MONTH, month);
        table.row(series, measuredTo)
                .setDay("month_start_on", Period.MONTH.firstDay(month))
                .setDay("measured_to_on", measuredTo)
                .set("reentry_reason", series.queue().reentryReasons().get(reason))
                .set("reentered_count", sum(series, counts.reentries, month, reason))
                .set("is_partial", series.isPartial(Period.MONTH, month))
                .set("is_provisional", series.isProvisional(measuredTo))
                .set("contributor_count", sum(series, counts.reentryContributors, month, reason))
                .end();
    }

    private static void share(Series series, ReentryCounts counts, int month, MartTable table) {
        int measuredTo = series.measuredTo(Period.MONTH, month);
        long cameBack = sum(series, counts.exits, month, Fate.CAME_BACK.number());
        long known = cameBack + sum(series, counts.exits, month, Fate.STAYED_AWAY.number());
        long notYetKnown = sum(series, counts.exits, month, Fate.NOT_YET_KNOWN.number());
        int knownTo =
                Math.min(measuredTo + ReentryCounts.WITHIN_DAYS, series.queue().dataAsAt());
        TableRows.Row row = table.row(series, measuredTo);
        new ReentryShare(known, cameBack).figures().forEach(row::set);
        row.setDay("month_start_on", Period.MONTH.firstDay(month))
                .setDay("measured_to_on", measuredTo)
                .set("within_days", ReentryCounts.WITHIN_DAYS)
                .set("left_count", known + notYetKnown)
                .set("known_count", known)
                .set("reentered_count", cameBack)
                .set("not_yet_known_count", notYetKnown)
                .set("share_reason", series.isAvailable(measuredTo) ? reason(known, notYetKnown) : "not available")
                .set("is_partial", series.isPartial(Period.MONTH, month))
                .set("is_provisional", series.isProvisional(knownTo))
                .set("contributor_count", contributors(series, counts, month))
                .end();
    }

    private static @Nullable String reason(long known, long notYetKnown) {
        if (known > 0) {
            return null;
        }
        return notYetKnown == 0
                ? "nothing left in the month"
                : notYetKnown + " left less than " + ReentryCounts.WITHIN_DAYS
                        + " days before the last day that is known";
    }

    private static long contributors(Series series, ReentryCounts counts, int month) {
        long sum = 0;
        for (int day = firstDay(series, month); day <= series.measuredTo(Period.MONTH, month); day++) {
            sum += counts.exitContributors.get(day);
        }
        return sum;
    }

    /** Sum of a count by day and another number over the days of a month, from the first day of the figures. */
    private static long sum(Series series, KeyedCounts byDay, int month, int low) {
        long sum = 0;
        for (int day = firstDay(series, month); day <= series.measuredTo(Period.MONTH, month); day++) {
            sum += byDay.get(KeyedCounts.key(day, low));
        }
        return sum;
    }

    private static int firstDay(Series series, int month) {
        return Math.max(Period.MONTH.firstDay(month), series.firstDay());
    }
}
