package uk.fpw.nightly.item;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The monthly counts of spells whose items can be listed, as {@code definition/queue_daily.sql} defines them. Counts
 * that depend on a queue's standards or on the month before are not among them.
 */
public enum CountedMeasure {
    RECEIVED_COUNT,
    REENTERED_COUNT,
    LEFT_COUNT,
    SERVED_COUNT,
    WAITING_COUNT,
    AGE_UNKNOWN_COUNT,
    OUT_OF_ORDER_COUNT;

    /** The column of {@code mart.queue_monthly}. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The measure of a column; null if its items cannot be listed. */
    public static @Nullable CountedMeasure of(String column) {
        return Arrays.stream(values())
                .filter(measure -> measure.column().equals(column))
                .findFirst()
                .orElse(null);
    }

    /** Every column, separated by commas. */
    public static String columns() {
        return Arrays.stream(values()).map(CountedMeasure::column).collect(Collectors.joining(", "));
    }

    /** Whether the count is given per exit reason. */
    public boolean isOfExits() {
        return this == LEFT_COUNT;
    }

    /**
     * Whether a spell counts.
     *
     * @param from first counted day of the month
     * @param to last counted day of the month
     */
    boolean counts(CountedSpell spell, LocalDate from, LocalDate to) {
        LocalDate left = spell.leftOn();
        boolean isEntered =
                !spell.enteredOn().isBefore(from) && !spell.enteredOn().isAfter(to);
        boolean isLeft = left != null && !left.isBefore(from) && !left.isAfter(to);
        boolean isWaiting = !spell.enteredOn().isAfter(to) && (left == null || left.isAfter(to));
        return switch (this) {
            case RECEIVED_COUNT -> isEntered && !spell.isReentry();
            case REENTERED_COUNT -> isEntered && spell.isReentry();
            case LEFT_COUNT -> isLeft;
            case SERVED_COUNT -> isLeft && spell.isServed();
            case WAITING_COUNT -> isWaiting;
            case AGE_UNKNOWN_COUNT -> isWaiting && !spell.isAgeKnown();
            case OUT_OF_ORDER_COUNT -> isWaiting && spell.isOutOfOrder();
        };
    }
}
