package uk.fpw.metrics.figures;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.series.ComparedPeriods;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.statistics.period.ShareSpread;

/**
 * How much the pace of a queue and the share of its late items vary over time, from the first of the periods that are
 * compared to the last: by blocks of four weeks, and from week to week. The variance between cases of one period says
 * nothing of it.
 */
final class PeriodSpread {

    private static final int WEEK = 7;
    private static final int BLOCK = 4 * WEEK;

    /** Fewer weeks do not show whether they resemble their neighbours. */
    private static final int FEWEST_WEEKS = 52;

    private final Series series;
    private final DayFigures days;
    private final int from;
    private final int to;

    PeriodSpread(Series series, DayFigures days) {
        this.series = series;
        this.days = days;
        int first = Integer.MAX_VALUE;
        int last = Integer.MIN_VALUE;
        for (ComparedPeriods.Span span : series.queue().periods().periods()) {
            first = Math.min(first, span.from());
            last = Math.max(last, span.to());
        }
        int retained = series.queue().retainedFrom();
        this.from = Math.max(Math.max(first, series.firstDay()), retained == QueueSpec.NONE ? first : retained);
        this.to = last;
    }

    /** Why chance cannot be told from how waits wander; null if it can. */
    @Nullable
    String wandering() {
        ShareSpread weeks = exits(WEEK, true);
        if (weeks.blocks() < FEWEST_WEEKS) {
            return "fewer than " + FEWEST_WEEKS + " weeks with something to serve: how waits wander is not known";
        }
        return weeks.isWandering()
                ? String.format(
                        Locale.ROOT,
                        "each week resembles the next (autocorrelation %.2f of the share that leaves): whether waits "
                                + "wander or have changed for good cannot be told apart",
                        weeks.autocorrelation())
                : null;
    }

    /** By which factor the variance of exits exceeds that of items that leave independently at one rate. */
    double ofExits() {
        return exits(BLOCK, false).factor();
    }

    /** The same of the items that were late among those that were due. */
    double ofLate() {
        int blocks = blocks(BLOCK);
        return new ShareSpread(
                        sum(series.cube().spans().lateByDay(), blocks),
                        sum(series.cube().spans().dueByDay(), blocks))
                .factor();
    }

    private int blocks(int length) {
        return Math.max(0, (to - from + 1) / length);
    }

    /** Blocks end with the last period. */
    private long[] sum(KeyedCounts byDay, int blocks) {
        long[] sums = new long[blocks];
        byDay.forEach((day, count) -> {
            long block = blocks - 1 - Math.floorDiv(to - day, BLOCK);
            if (block >= 0 && block < blocks) {
                sums[(int) block] += count;
            }
        });
        return sums;
    }

    /** @param isOfItems whether exits are related to the items at risk in a block, otherwise to their days at risk */
    private ShareSpread exits(int length, boolean isOfItems) {
        int blocks = blocks(length);
        long[] left = new long[blocks];
        long[] atRisk = new long[blocks];
        int first = to - blocks * length + 1 - series.firstDay();
        for (int block = 0; block < blocks; block++) {
            int start = first + block * length;
            for (int at = start; at < start + length; at++) {
                left[block] += days.left[at];
                atRisk[block] += isOfItems ? days.received[at] + days.reentered[at] : days.waiting[at] + days.left[at];
            }
            atRisk[block] += isOfItems ? days.opening(start) : 0;
        }
        return new ShareSpread(left, atRisk);
    }
}
