package uk.fpw.warehouse.force;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * A queue with rows about periods before items were removed. They cannot be computed again, so each release copies
 * them. Each of these periods had ended before items were removed.
 *
 * @param from first day of the copied figures
 * @param to the first of a month: rows of periods that begin before it are copied, those of later ones computed
 * @param releaseId the release of which the latest of these rows are
 * @param series the series that have such rows; each has rows of later periods as well, even if all its items have
 *     been removed
 */
public record FrozenQueue(LocalDate from, LocalDate to, String releaseId, List<Series> series) implements Serializable {

    /** The pace of work is measured over 13 weeks, so that a later row looks back no further than to the removal. */
    private static final int LOOK_BACK_DAYS = 91;

    public FrozenQueue {
        requireNonNull(from, "from: missing");
        requireNonNull(to, "to: missing");
        requireNonNull(releaseId, "releaseId: missing");
        series = List.copyOf(series);
    }

    /** A series of the queue, such as {@code device_type}, {@code phone}; its total is {@code all}, {@code all}. */
    public record Series(String slice, String sliceValue) implements Serializable {
        public Series {
            requireNonNull(slice, "slice: missing");
            requireNonNull(sliceValue, "sliceValue: missing");
        }
    }

    /**
     * The first day of periods that are computed again: the first of a month, 13 weeks or more after the removal.
     *
     * @param retainedFrom the day before which items that were closed have been removed
     */
    public static LocalDate to(LocalDate retainedFrom) {
        return retainedFrom.plusDays(LOOK_BACK_DAYS).withDayOfMonth(1).plusMonths(1);
    }
}
