package uk.fpw.nightly.cli.keep;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import uk.fpw.ingest.ErasureInput;
import uk.fpw.layout.KeyFormat;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.Holds;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.lock.LockGuard;

/** Holds rows, ends holds and lists them. Prints no key. */
final class RowHolds {

    private final HikariDataSource dataSource;
    private final Force force;
    private final Holds holds;
    private final Consumer<String> line;

    RowHolds(HikariDataSource dataSource, Force force, Consumer<String> line) {
        this.dataSource = dataSource;
        this.force = force;
        this.holds = new Holds(dataSource);
        this.line = line;
    }

    /** Keys of rows of a feed, as the tables contain them. */
    record Rows(Feed feed, Set<String> keys) {

        /** Contains no key. */
        @Override
        public String toString() {
            return keys.size() + " rows of " + feed.name();
        }
    }

    /**
     * Reads keys as the source writes them.
     *
     * @throws FpwException with {@code CONFIGURATION} if there is no such feed, none of its rows is ever removed, or
     *     a line is no key
     */
    Rows rows(String name, List<String> lines, KeyFormat format, RemovalSteps steps, Map<String, String> environment) {
        Feed feed = force.feeds().stream()
                .filter(one -> one.name().equals(name) && one.retain() != null)
                .findFirst()
                .orElseThrow(() -> FpwException.configuration("there is no feed '" + name + "' with 'retain'; without "
                        + "it no row is removed, and none needs to be held. Nothing was changed"));
        Pseudonymiser key = feed.pseudonymises()
                ? steps.key(format, dataSource)
                : Pseudonymiser.fromEnvironment(environment, format);
        return new Rows(
                feed, ErasureInput.ofKeys(feed, key, lines).rows().keys().getOrDefault(feed.name(), Set.of()));
    }

    /**
     * Holds rows.
     *
     * @throws FpwException with {@code CONFIGURATION} if one of them is not there; none is held then
     */
    void add(
            WarehouseCatalog catalog,
            LockGuard guard,
            Rows rows,
            String reason,
            String by,
            Instant at,
            LocalDate reviewOn) {
        Set<String> missing = new HashSet<>(rows.keys());
        if (catalog.find(WarehouseCatalog.RAW + "." + rows.feed().name()) != null) {
            CurrentTable.open(catalog, rows.feed(), guard)
                    .forEach(
                            List.of(FeedTables.KEY),
                            row -> missing.remove(String.valueOf(row.getField(FeedTables.KEY))));
        }
        if (!missing.isEmpty()) {
            throw FpwException.configuration(
                    Plural.of(missing.size(), "key") + " of " + rows.keys().size() + " (not shown): feed "
                            + rows.feed().name() + " has no such row. Nothing was changed");
        }
        holds.add(rows.keys().stream()
                .map(key -> new Holds.Hold(rows.feed().name(), key, reason, by, at, reviewOn))
                .toList());
        line.accept("Held until they are released: " + Plural.of(rows.keys().size(), "row") + " of "
                + rows.feed().name() + ", to be reviewed on " + reviewOn + ".");
    }

    /** Ends holds. */
    void end(Rows rows) {
        int ended = holds.end(rows.feed().name(), rows.keys());
        line.accept("No longer held: " + Plural.of(ended, "row") + " of "
                + rows.feed().name()
                + (ended < rows.keys().size() ? "; " + (rows.keys().size() - ended) + " of the keys were not held" : "")
                + ".");
    }

    /** Prints all holds. */
    void print() {
        List<Holds.Hold> all = holds.list();
        if (all.isEmpty()) {
            line.accept("No row is held.");
        }
        all.forEach(hold -> line.accept(hold.feed() + ": a row held since "
                + hold.at().atZone(force.zone()).toLocalDate() + " by " + hold.by() + ", to be reviewed on "
                + hold.reviewOn() + ": " + hold.reason()));
    }
}
