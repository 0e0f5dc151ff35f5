package uk.fpw.metrics.figures;

import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;

/**
 * A series with all that its figures follow from.
 *
 * @param excluded what its queue excludes
 * @param lateItems items that are late in its queue or in a stage of it
 * @param firstDay first day of the figures of its queue
 */
public record Series(
        ReleaseKey releaseKey,
        QueueSpec queue,
        SeriesKey key,
        Cube cube,
        ExcludedCounts excluded,
        LateItems lateItems,
        int firstDay) {

    /** Whether a standard can apply to an item of the series: only then are there figures of what is late. */
    boolean hasStandard() {
        return queue.hasStandard(key);
    }

    /** Number of the first period of the figures. */
    int firstPeriod(Period period) {
        return period.of(firstDay);
    }

    /** Number of the period that holds the business date. */
    int lastPeriod(Period period) {
        return period.of(releaseKey.asOf());
    }

    /** Last day of a period that is counted. */
    int measuredTo(Period period, int number) {
        return Math.min(period.lastDay(number), releaseKey.asOf());
    }

    /** Whether a period is not counted whole. */
    boolean isPartial(Period period, int number) {
        return PartialPeriod.ofQueue(period, number, firstDay, releaseKey.asOf());
    }

    /** Whether everything is known up to a day; otherwise the measures of a row for the time up to it are null. */
    boolean isAvailable(int day) {
        return day <= queue.dataAsAt();
    }

    /** Whether late records are still expected of a day. */
    boolean isProvisional(int day) {
        return day > queue.dataAsAt() - queue.provisionalDays();
    }
}
