package uk.fpw.metrics.figures;

import java.time.LocalDate;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;

/**
 * A series with everything from which its figures are computed.
 *
 * @param excluded items that its queue excludes
 * @param lateItems items that are late in its queue or in one of its stages
 * @param firstDay first day of the figures of its queue
 * @param frozen its rows about periods before items were removed
 */
public record Series(
        ReleaseKey releaseKey,
        QueueSpec queue,
        SeriesKey key,
        Cube cube,
        ExcludedCounts excluded,
        LateItems lateItems,
        int firstDay,
        FrozenRows frozen) {

    /** A series of a queue from which nothing was removed. */
    public Series(
            ReleaseKey releaseKey,
            QueueSpec queue,
            SeriesKey key,
            Cube cube,
            ExcludedCounts excluded,
            LateItems lateItems,
            int firstDay) {
        this(releaseKey, queue, key, cube, excluded, lateItems, firstDay, FrozenRows.NONE);
    }

    /** Whether a standard can apply to an item of the series; otherwise there are no figures of late items. */
    boolean hasStandard() {
        return queue.hasStandard(key);
    }

    /** Number of the first period of the figures. */
    int firstPeriod(Period period) {
        return period.of(firstDay);
    }

    /** Number of the period that contains the business date. */
    int lastPeriod(Period period) {
        return period.of(releaseKey.asOf());
    }

    /** Last counted day of a period. */
    int measuredTo(Period period, int number) {
        return Math.min(period.lastDay(number), releaseKey.asOf());
    }

    /** First day of the figures of the queue. */
    LocalDate figuresFrom() {
        return LocalDate.ofEpochDay(firstDay);
    }

    /** Last known day. */
    LocalDate dataAsAt() {
        return LocalDate.ofEpochDay(queue.dataAsAt());
    }

    boolean isPartial(Period period, int number) {
        return PartialPeriod.ofQueue(period, number, firstDay, releaseKey.asOf());
    }

    /** Whether everything is known up to a day; otherwise the measures of rows about the time up to it are null. */
    boolean isAvailable(int day) {
        return day <= queue.dataAsAt();
    }

    /** Whether late records about a day are still expected. */
    boolean isProvisional(int day) {
        return day > queue.dataAsAt() - queue.provisionalDays();
    }
}
