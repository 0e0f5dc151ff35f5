package uk.fpw.metrics.figures;

import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.SpanCounts;
import uk.fpw.warehouse.force.queue.PrimaryMeasure;

/** What is compared with the same period of earlier years, in the order of the rows of the table. */
enum PeriodMeasure {
    RECEIVED(PrimaryMeasure.RECEIVED, SpanCounts.Event.RECEIVED),
    LEFT(PrimaryMeasure.LEFT, SpanCounts.Event.LEFT),
    SERVED(PrimaryMeasure.SERVED, SpanCounts.Event.SERVED),
    NET_CHANGE(PrimaryMeasure.NET_CHANGE, null),
    LATE_SHARE(PrimaryMeasure.LATE_SHARE, null),
    TIME_WAITED(PrimaryMeasure.TIME_WAITED, null),
    WAITING("waiting"),
    LATE_SHARE_OF_STOCK("late share of the stock"),
    LONGEST_BAND_SHARE("share in the longest band"),
    SERVED_SHARE("served share");

    private final @Nullable PrimaryMeasure primary;
    private final SpanCounts.@Nullable Event flow;
    private final String words;

    PeriodMeasure(PrimaryMeasure primary, SpanCounts.@Nullable Event flow) {
        this.primary = primary;
        this.flow = flow;
        this.words = primary.words();
    }

    /** A measure by which no verdict is given. */
    PeriodMeasure(String words) {
        this.primary = null;
        this.flow = null;
        this.words = words;
    }

    /** As in the column {@code measure}. */
    String words() {
        return words;
    }

    /** Whether it is the primary measure of a queue. */
    boolean is(PrimaryMeasure measure) {
        return primary == measure;
    }

    /** What is counted by day of service; null for other measures. */
    SpanCounts.@Nullable Event flow() {
        return flow;
    }

    /** Whether nothing counts as late without a standard. */
    boolean needsStandard() {
        return this == LATE_SHARE || this == LATE_SHARE_OF_STOCK;
    }
}
