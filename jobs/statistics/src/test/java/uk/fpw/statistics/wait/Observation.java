package uk.fpw.statistics.wait;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Waits for tests that were observed alike: under observation after {@code start} up to and including {@code stop}, the
 * time since entry.
 *
 * @param reason how they left; null if they were still waiting (censored)
 */
record Observation(double start, double stop, @Nullable String reason, long count) {

    /** Waits in whole days, both days included. */
    static Observation ofDays(int firstDay, int exitDay, @Nullable String reason, long count) {
        return new Observation(firstDay - 1.0, exitDay, reason, count);
    }

    /** Table of the observations, in any order. */
    static LifeTable table(Collection<Observation> observations) {
        LifeTable.Builder table = new LifeTable.Builder();
        for (Observation one : observations) {
            table.enter(one.start, one.count);
            if (one.reason == null) {
                table.censor(one.stop, one.count);
            } else {
                table.leave(one.stop, one.reason, one.count);
            }
        }
        return table.build();
    }
}
