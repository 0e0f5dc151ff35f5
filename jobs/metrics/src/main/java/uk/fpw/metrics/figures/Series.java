package uk.fpw.metrics.figures;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CurveKey;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.statistics.wait.CurveVariance;
import uk.fpw.statistics.wait.FewestContributors;

/**
 * A series with everything from which its figures are computed.
 *
 * @param excluded items that its queue excludes
 * @param lateItems items that are late in its queue or in one of its stages
 * @param firstDay first day of the figures of its queue
 * @param frozen its rows about periods before items were removed
 * @param variances by contributor, of what {@link SeriesWeights} has weights for; null if all items count as
 *     independent, however few there are, as for references
 */
public record Series(
        ReleaseKey releaseKey,
        QueueSpec queue,
        SeriesKey key,
        Cube cube,
        ExcludedCounts excluded,
        LateItems lateItems,
        int firstDay,
        FrozenRows frozen,
        @Nullable WaitSums variances) {

    /** A series whose items count as independent. */
    public Series(
            ReleaseKey releaseKey,
            QueueSpec queue,
            SeriesKey key,
            Cube cube,
            ExcludedCounts excluded,
            LateItems lateItems,
            int firstDay,
            FrozenRows frozen) {
        this(releaseKey, queue, key, cube, excluded, lateItems, firstDay, frozen, null);
    }

    /** A series of a queue from which nothing was removed, whose items count as independent. */
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

    /** The same with variances by contributor. */
    public Series with(WaitSums sums) {
        return new Series(releaseKey, queue, key, cube, excluded, lateItems, firstDay, frozen, sums);
    }

    /**
     * The variance of a curve.
     *
     * @param contributors distinct contributors of the curve
     * @param items its items
     */
    CurveVariance variance(CurveKey curve, long contributors, long items) {
        if (variances == null) {
            return CurveVariance.INDEPENDENT;
        }
        String withheld = FewestContributors.ofCurve(contributors, items);
        return withheld == null ? CurveVariance.of(variances.curve(curve)) : CurveVariance.withheld(withheld);
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
