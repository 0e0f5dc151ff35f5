package uk.fpw.nightly.cli.status;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.feed.Holds;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.load.ClosedVersions;

/** The line of {@code fpw status} about rows whose time is over, and holds that should be looked at again. */
final class RetentionStatus {

    private RetentionStatus() {}

    /**
     * The line; null if there is nothing to say.
     *
     * @param force the force folder; null if it cannot be read
     * @param password of the database
     * @param current the current release; null if there is none
     * @param today date of the clock in the zone of the force
     */
    static @Nullable String note(
            DataSource dataSource, @Nullable Force force, String password, @Nullable Release current, LocalDate today) {
        List<String> parts = new ArrayList<>();
        if (force != null && current != null) {
            Map<String, LocalDate> applied = new RetentionLedger(dataSource).retainedFrom();
            List<String> behind = closedEarlier(
                    force,
                    password,
                    current,
                    force.feeds().stream()
                            .filter(feed -> isBehind(feed, current, applied.get(feed.name())))
                            .toList());
            if (!behind.isEmpty()) {
                parts.add("the time of rows of " + String.join(", ", behind) + " may be over (fpw retain)");
            }
        }
        long past = new Holds(dataSource)
                .list().stream().filter(hold -> !hold.reviewOn().isAfter(today)).count();
        if (past > 0) {
            parts.add(Plural.of(past, "hold") + " to be reviewed (fpw retain --list)");
        }
        return parts.isEmpty() ? null : "Retention: " + String.join("; ", parts);
    }

    /** The feeds that have, by the statistics of their files, a version that was closed before the horizon. */
    private static List<String> closedEarlier(Force force, String password, Release current, List<Feed> feeds) {
        if (feeds.isEmpty()) {
            return List.of();
        }
        try (WarehouseCatalog catalog = WarehouseCatalog.open(force.storage(), password)) {
            return feeds.stream()
                    .filter(feed -> ClosedVersions.areBefore(
                            catalog,
                            feed,
                            Objects.requireNonNull(feed.retain()).horizon(current.businessDate()),
                            force.zone()))
                    .map(Feed::name)
                    .toList();
        }
    }

    /** Whether the horizon of a feed has moved since rows were removed. */
    private static boolean isBehind(Feed feed, Release current, @Nullable LocalDate applied) {
        return feed.retain() != null
                && (applied == null || applied.isBefore(feed.retain().horizon(current.businessDate())));
    }
}
