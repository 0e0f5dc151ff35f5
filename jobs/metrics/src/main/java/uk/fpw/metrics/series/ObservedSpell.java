package uk.fpw.metrics.series;

import java.util.List;

/**
 * A spell that the source would have shown, prepared for counting. Missing days are {@link #NONE}.
 *
 * @param queue position of the queue among the force's
 * @param reentryReason position among the queue's reasons why items come back; -1 for the item's first spell
 * @param isAgeKnown whether the item's first entry is plausible
 * @param isWaitKnown whether this entry is plausible
 * @param firstEnteredOn day on which the item first entered the queue
 * @param enteredOn day on which this spell began
 * @param leftOn day on which it ended; missing while the item is waiting
 * @param exitReason position among the queue's exit reasons; -1 while the item is waiting
 * @param isServed whether it ended because the work was done
 * @param reenteredOn day on which the item next came back after this spell; missing if it has not
 * @param observedFromOn first day on which the source would have shown it
 * @param observedToOn last day on which it was seen waiting or left
 * @param firstWithValue one bit for the total (the lowest) and one for each slice in order: whether it is the item's
 *     first observed spell in the series
 * @param isOutOfOrder whether no stage of the queue holds the item, because its dates are not in the order of the
 *     stages
 * @param isClosedAhead whether it is waiting although the source has an exit after the last known day
 * @param standards the standards that apply or may apply to the item, in the order of the definition, with outcomes
 */
public record ObservedSpell(
        int queue,
        int reentryReason,
        boolean isAgeKnown,
        boolean isWaitKnown,
        int firstEnteredOn,
        int enteredOn,
        int leftOn,
        int exitReason,
        boolean isServed,
        int reenteredOn,
        int observedFromOn,
        int observedToOn,
        int firstWithValue,
        boolean isOutOfOrder,
        boolean isClosedAhead,
        List<Measured> standards) {

    /** Placeholder for a missing day. */
    public static final int NONE = Integer.MIN_VALUE;

    /** Used instead of the position of an exit reason. */
    public static final int STILL_WAITING = -1;

    /**
     * A standard that applies, or may apply, to an item.
     *
     * @param standard position of the standard among the queue's
     * @param dueOn first day at whose end the item is certainly past the standard, if it has not left
     */
    public record Measured(int standard, int dueOn, Outcome outcome) {}

    /** Outcome of an item under a standard. If only days are known, it may be undecided. */
    public enum Outcome {
        /** The deadline has not certainly passed. */
        NOT_YET_DUE(0),
        MET(1),
        FAILED(2),
        LEFT_UNSEEN(3),
        UNKNOWN(4),
        /** Due and served in time, if the standard applies to the item, which is unknown. */
        PERHAPS_MET(5),
        /** Due and not served in time, if the standard applies. */
        PERHAPS_NOT_MET(6),
        /** Due and undecided, if the standard applies. */
        PERHAPS_UNKNOWN(7),
        /** Not certainly due, if the standard applies. */
        PERHAPS_NOT_YET_DUE(8);

        private final int number;

        Outcome(int number) {
            this.number = number;
        }

        /** The corresponding outcome if it is unknown whether the standard applies. */
        public Outcome perhaps() {
            return switch (this) {
                case NOT_YET_DUE, PERHAPS_NOT_YET_DUE -> PERHAPS_NOT_YET_DUE;
                case MET, PERHAPS_MET -> PERHAPS_MET;
                case FAILED, LEFT_UNSEEN, PERHAPS_NOT_MET -> PERHAPS_NOT_MET;
                case UNKNOWN, PERHAPS_UNKNOWN -> PERHAPS_UNKNOWN;
            };
        }

        /** Whether the standard certainly applies to the item. */
        public boolean isCertain() {
            return number < PERHAPS_MET.number;
        }

        /** The number under which it is counted. */
        public int number() {
            return number;
        }
    }

    /** Whether the item had an earlier spell in the queue. */
    public boolean isReentry() {
        return reentryReason >= 0;
    }

    /** Position of the exit reason, or {@link #STILL_WAITING}. */
    public int reasonLeft() {
        return isOpen() ? STILL_WAITING : exitReason;
    }

    /** Whether the item is waiting. */
    public boolean isOpen() {
        return leftOn == NONE;
    }

    /** Whether it is the item's first observed spell in a series of the queue, see {@link SeriesKey#slice()}. */
    public boolean isFirstOfItemIn(int slice) {
        return ((firstWithValue >> (slice + 1)) & 1) == 1;
    }

    /** Day from which the item is past any standard that certainly applies to it; {@link #NONE} if no standard does. */
    public int earliestDueOn() {
        return standards.stream()
                .filter(measured -> measured.outcome().isCertain())
                .mapToInt(Measured::dueOn)
                .min()
                .orElse(NONE);
    }

    /** Whether the item is, was or, unless it leaves, will be past any standard that applies to it. */
    public boolean isLate() {
        int due = earliestDueOn();
        return due != NONE && (isOpen() || leftOn > due);
    }

    /**
     * Day from which the item is past the first standard that certainly applies to it; {@link #NONE} if no standard
     * does.
     */
    public int countingDueOn() {
        for (Measured measured : standards) {
            if (measured.outcome().isCertain()) {
                return measured.dueOn();
            }
        }
        return NONE;
    }
}
