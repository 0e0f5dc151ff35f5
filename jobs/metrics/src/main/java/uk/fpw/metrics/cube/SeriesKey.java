package uk.fpw.metrics.cube;

import java.io.Serializable;

/**
 * Identifies a series of figures.
 *
 * @param queue position of the queue among the force's
 * @param slice position of the slice among the queue's, after which those by values now follow; {@link #TOTAL} for the
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

    /** Behind the name of an attribute: its value now, not that at entry. No attribute has such a name. */
    private static final String NOW = " (now)";

    /** Name of the slice; {@code all} for the total. */
    public String sliceName(QueueSpec spec) {
        if (isNow(spec)) {
            return spec.changing().get(slice - spec.slices().size()) + NOW;
        }
        return isTotal() ? ALL : spec.slices().get(slice);
    }

    /** Whether it holds what waits with a value now; of such a series nothing else is counted. */
    public boolean isNow(QueueSpec spec) {
        return slice >= spec.slices().size();
    }

    /** Whether it is the total. */
    public boolean isTotal() {
        return slice == TOTAL;
    }
}
