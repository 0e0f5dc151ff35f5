package uk.fpw.ingest.extract;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * The newest date in the column that dates the files of a feed, ignoring dates after the business date, such as
 * mistyped years. A file that has only later dates does not count as old, though. Not thread-safe.
 */
final class NewestDate {

    private final int position;
    private final ZoneId zone;
    private final LocalDate businessDate;
    private @Nullable LocalDate newest;
    private boolean hasLater;

    private NewestDate(int position, ZoneId zone, LocalDate businessDate) {
        this.position = position;
        this.zone = zone;
        this.businessDate = businessDate;
    }

    /** A new instance; null if the files of the feed are not dated by a column. */
    static @Nullable NewestDate of(Feed feed, LocalDate businessDate) {
        Freshness freshness = feed.freshness();
        String name = freshness == null || feed.droppedFile() == null ? null : freshness.column();
        if (freshness == null || name == null) {
            return null;
        }
        Feed.Column column = feed.column(name);
        ZoneId zone = column.zone();
        return new NewestDate(feed.columns().indexOf(column), zone == null ? freshness.zone() : zone, businessDate);
    }

    void add(RowVersion row) {
        Object value = row.values().get(position);
        LocalDate date = value instanceof Instant time
                ? LocalDate.ofInstant(time, zone)
                : value instanceof LocalDate day ? day : null;
        if (date == null) {
            return;
        }
        if (date.isAfter(businessDate)) {
            hasLater = true;
        } else if (newest == null || date.isAfter(newest)) {
            newest = date;
        }
    }

    /** The newest date, at most the business date; null if no row has one. */
    @Nullable
    LocalDate date() {
        return newest == null && hasLater ? businessDate : newest;
    }
}
