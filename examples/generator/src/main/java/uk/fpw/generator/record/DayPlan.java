package uk.fpw.generator.record;

import java.time.LocalDate;
import java.util.List;

/**
 * The changes in the operational systems between the end of one day and the end of the next, in the rows of the feeds.
 *
 * @param day the later day
 * @param feeds one entry per feed of the force folder, even if nothing changes
 */
public record DayPlan(LocalDate day, List<FeedChanges> feeds) {

    public DayPlan {
        feeds = List.copyOf(feeds);
    }

    /**
     * The changes of one feed.
     *
     * @throws IllegalArgumentException for a feed that the force does not have
     */
    public FeedChanges feed(String feed) {
        return feeds.stream()
                .filter(changes -> changes.feed().equals(feed))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no feed '" + feed + "' in the synthetic force"));
    }

    /**
     * The changes of one feed. Inserted, updated, deleted and reinserted rows add up to the rows that a load must
     * store.
     *
     * @param inserted rows whose key was never seen before
     * @param updated rows known and not deleted before, whose values differ now
     * @param deleted rows that are now marked as deleted (dfu) or no longer exist (da)
     * @param reinserted rows that were deleted before and are back
     * @param refused rows of a file that cannot be stored; always 0 for databases
     * @param late of the inserted: rows with an event at least seven days before {@code day}
     */
    public record FeedChanges(
            String feed, int inserted, int updated, int deleted, int reinserted, int refused, int late) {

        public int stored() {
            return inserted + updated + deleted + reinserted;
        }

        /** The sum of both. */
        public FeedChanges plus(FeedChanges other) {
            return new FeedChanges(
                    feed,
                    inserted + other.inserted,
                    updated + other.updated,
                    deleted + other.deleted,
                    reinserted + other.reinserted,
                    refused + other.refused,
                    late + other.late);
        }
    }
}
