package uk.fpw.metrics.series;

import java.io.Serializable;

/**
 * Identifies a series of figures.
 *
 * @param queue position of the queue among the force's
 * @param slice position of the slice among the queue's, followed by those by current values; {@link #TOTAL} for the
 *     total
 * @param value value of the slice; {@code all} for the total
 */
public record SeriesKey(int queue, int slice, String value) implements Serializable {

    /** Used instead of a slice for the total. */
    public static final int TOTAL = -1;

    /** Name and value of the total. */
    public static final String ALL = "all";

    /** The total of a queue. */
    public static SeriesKey total(int queue) {
        return new SeriesKey(queue, TOTAL, ALL);
    }

    /** Whether it is the total. */
    public boolean isTotal() {
        return slice == TOTAL;
    }
}
