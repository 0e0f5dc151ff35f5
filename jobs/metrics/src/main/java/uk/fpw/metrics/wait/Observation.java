package uk.fpw.metrics.wait;

import org.jspecify.annotations.Nullable;

/**
 * Waits that were observed alike: under observation after {@code start} up to and including {@code stop}, the time since
 * entry.
 *
 * <p>Whole days are closed: an item observed from day {@code first} of its wait to day {@code exit} is at risk on both, which
 * is {@code (first - 1, exit]}; see {@link #ofDays}. An item that enters and leaves on one day is {@code (-1, 0]} and counts.
 *
 * @param start time after which the items were under observation; above the earliest start for those that entered late
 * @param stop time at which they left, or were last seen waiting
 * @param reason how they left; null if they were still waiting (censored)
 * @param count how many
 */
public record Observation(
        double start, double stop, @Nullable String reason, long count) {

    /** Checks that the items were observed at all. */
    public Observation {
        if (!(start < stop) || !(stop >= 0) || Double.isInfinite(start) || Double.isInfinite(stop)) {
            throw new IllegalArgumentException(
                    "a wait observed after " + start + " up to " + stop
                            + ": the end must be after the start and not before 0; leave out what ended before observation began");
        }
        if (count <= 0) {
            throw new IllegalArgumentException("a wait up to " + stop + " counted " + count + " times: count from 1");
        }
    }

    /**
     * Waits in whole days, both days included.
     *
     * @param firstDay first day of the wait that was observed; 0 unless observation began later
     * @param exitDay day of the wait on which the items left or were last seen waiting
     */
    public static Observation ofDays(int firstDay, int exitDay, @Nullable String reason, long count) {
        return new Observation(firstDay - 1.0, exitDay, reason, count);
    }
}
