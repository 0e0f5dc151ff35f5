package uk.fpw.nightly.run;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;

/**
 * Feeds of which rows are kept out by their keys, but which the force folder no longer has. If such a feed was renamed,
 * its tombstones do not recognise the rows under the new name.
 */
public final class KeptOutFeeds {

    private KeptOutFeeds() {}

    /** What to know of these feeds, for a line; null if there is none. */
    public static @Nullable String missing(Force force, DataSource dataSource, LocalDate date) {
        Map<String, LocalDate> missing = new TreeMap<>(new Tombstones(dataSource).feeds(date));
        force.feeds().forEach(feed -> missing.remove(feed.name()));
        return missing.isEmpty()
                ? null
                : "rows that were erased are kept out of feeds that the force folder does not have: "
                        + missing.entrySet().stream()
                                .map(feed -> feed.getKey() + " (until " + feed.getValue() + ")")
                                .collect(Collectors.joining(", "));
    }

    /**
     * Fails if there is one, and the force folder has a feed that was never loaded, which may be the same renamed.
     *
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void require(Force force, DataSource dataSource, LoadLedger loads, LocalDate date) {
        String missing = missing(force, dataSource, date);
        if (missing == null) {
            return;
        }
        List<String> fresh = force.feeds().stream()
                .map(Feed::name)
                .filter(feed -> loads.latestCommittedDate(feed) == null)
                .toList();
        if (!fresh.isEmpty()) {
            throw FpwException.configuration(missing + "; and it has feeds that were never loaded: "
                    + String.join(", ", fresh) + ". If one was renamed, its erased rows would be loaded again, so "
                    + "nothing was loaded. Keep the former name; or erase the same keys in the new feed (fpw erase "
                    + "--feed), and then, or if none was renamed, run fpw erase --end-tombstones-of FEED --confirm");
        }
    }
}
