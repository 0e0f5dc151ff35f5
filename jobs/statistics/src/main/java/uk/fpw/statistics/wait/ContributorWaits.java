package uk.fpw.statistics.wait;

import java.util.Arrays;

/**
 * The waits of one contributor, such as the devices of a case, in whole days. Can be used again for the next one, so
 * that a pass over millions makes no garbage.
 */
public final class ContributorWaits {

    /** Stands for how an item left that is still waiting. */
    public static final int STILL_WAITING = -1;

    private int size;
    private int[] firstDays = new int[8];
    private int[] exitDays = new int[8];
    private int[] reasons = new int[8];

    /** Forgets the items. */
    public ContributorWaits clear() {
        size = 0;
        return this;
    }

    /**
     * Adds an item.
     *
     * @param firstDay first day of its wait on which it is at risk
     * @param exitDay last day, not before the first
     * @param reason position of how it left on that day, or {@link #STILL_WAITING}
     */
    public ContributorWaits add(int firstDay, int exitDay, int reason) {
        if (exitDay < firstDay || reason < STILL_WAITING) {
            throw new IllegalArgumentException(
                    "a wait from day " + firstDay + " to day " + exitDay + ", left by reason " + reason);
        }
        if (size == firstDays.length) {
            firstDays = Arrays.copyOf(firstDays, 2 * size);
            exitDays = Arrays.copyOf(exitDays, 2 * size);
            reasons = Arrays.copyOf(reasons, 2 * size);
        }
        firstDays[size] = firstDay;
        exitDays[size] = exitDay;
        reasons[size] = reason;
        size++;
        return this;
    }

    /** Number of items. */
    public int size() {
        return size;
    }

    int firstDay(int i) {
        return firstDays[i];
    }

    int exitDay(int i) {
        return exitDays[i];
    }

    int reason(int i) {
        return reasons[i];
    }
}
