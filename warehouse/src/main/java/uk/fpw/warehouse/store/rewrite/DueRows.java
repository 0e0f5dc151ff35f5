package uk.fpw.warehouse.store.rewrite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.RetentionPeriod;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.feed.Holds;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/**
 * The rows of feeds with {@code retain} whose time is over, by the business date of a release: those that are closed
 * before the horizon, or were deleted before it, unless their item is held, still waits or has an event since. A
 * deleted row that had been closed before the horizon goes too.
 */
final class DueRows {

    private static final String ITEM = "item_key";

    private final WarehouseCatalog catalog;
    private final Force force;
    private final LockGuard guard;
    private final RetentionLedger ledger;
    private final Holds holds;

    DueRows(DataSource dataSource, WarehouseCatalog catalog, Force force, LockGuard guard) {
        this.catalog = catalog;
        this.force = force;
        this.guard = guard;
        this.ledger = new RetentionLedger(dataSource);
        this.holds = new Holds(dataSource);
    }

    /** By feed, without feeds that have no {@code retain} or were never loaded. */
    Map<String, Retaining.FeedRows> in(Release release) {
        Map<String, Found> found = new TreeMap<>();
        for (Feed feed : force.feeds()) {
            RetentionPeriod period = feed.retain();
            Table table = period == null ? null : catalog.find(WarehouseCatalog.RAW + "." + feed.name());
            if (period != null && table != null) {
                Found rows = new Found(feed, period, period.horizon(release.businessDate()), force.zone());
                CurrentTable.open(catalog, feed, guard)
                        .forEach(List.of(FeedTables.KEY, FeedTables.ITEM, period.closedColumn()), rows::addCurrent);
                rows.addDeleted(catalog.load(WarehouseCatalog.RAW + "." + feed.name()));
                found.put(feed.name(), rows);
            }
        }
        Map<String, LocalDate> latest = latest(release, found);
        Map<String, Retaining.FeedRows> due = new TreeMap<>();
        found.forEach((feed, rows) -> due.put(feed, rows.due(latest, holds.keys(feed), ledger.of(feed))));
        return due;
    }

    /** Of each item that may go, the last day of which a release states anything; without those long past. */
    private Map<String, LocalDate> latest(Release release, Map<String, Found> found) {
        Map<String, LocalDate> latest = new HashMap<>();
        Set<String> items = new HashSet<>();
        found.values().forEach(rows -> rows.items.keySet().forEach(item -> items.add(rows.source + item)));
        LocalDate first = found.values().stream()
                .map(rows -> rows.horizon)
                .min(LocalDate::compareTo)
                .orElse(null);
        if (first == null || items.isEmpty()) {
            return latest;
        }
        String from = first.toString();
        read(
                release,
                "core.spell",
                "left_on",
                Expressions.or(Expressions.isNull("left_on"), Expressions.greaterThanOrEqual("left_on", from)),
                items,
                latest);
        read(release, "core.event", "occurred_on", Expressions.greaterThanOrEqual("occurred_on", from), items, latest);
        read(release, "core.ahead", "first_on", Expressions.alwaysTrue(), items, latest);
        return latest;
    }

    /** A day that is null is later than any. */
    private void read(
            Release release,
            String table,
            String column,
            Expression condition,
            Set<String> items,
            Map<String, LocalDate> latest) {
        ReleaseTableReader reader = new ReleaseTableReader(catalog);
        if (!reader.has(release, table)) {
            throw FpwException.configuration("release " + release.releaseId() + " no longer has its " + table
                    + ", so it is not known which items still wait. Nothing was changed; run fpw nightly first");
        }
        reader.forEach(release, table, List.of(ITEM, column), condition, row -> {
            String item = String.valueOf(row.get(ITEM));
            if (items.contains(item)) {
                LocalDate day = row.get(column) == null ? LocalDate.MAX : (LocalDate) row.get(column);
                latest.merge(item, Objects.requireNonNull(day), (one, other) -> one.isAfter(other) ? one : other);
            }
        });
    }

    /** The rows of one feed that are closed before its horizon; each is one item. */
    private static final class Found {

        private final RetentionPeriod period;
        private final String source;
        private final LocalDate horizon;
        private final ZoneId zone;

        /** Keys by item. */
        private final Map<String, String> items = new HashMap<>();

        private final Set<String> current = new HashSet<>();

        Found(Feed feed, RetentionPeriod period, LocalDate horizon, ZoneId zone) {
            this.period = period;
            this.source = feed.source() + ":";
            this.horizon = horizon;
            this.zone = zone;
        }

        void addCurrent(Record row) {
            current.add(text(row, FeedTables.KEY));
            if (isBefore(row.getField(period.closedColumn()))) {
                add(row);
            }
        }

        /** Rows of which only earlier versions are stored. */
        void addDeleted(Table table) {
            Map<String, Record> last = new HashMap<>();
            Set<String> longAgo = new HashSet<>();
            read(table, List.of(FeedTables.KEY, FeedTables.SEQ, FeedTables.KNOWN_ON, FeedTables.ROW_HASH), row -> {
                if (!current.contains(text(row, FeedTables.KEY))) {
                    last.merge(text(row, FeedTables.KEY), row.copy(), Found::later);
                }
            });
            last.forEach((key, row) -> {
                if (row.getField(FeedTables.ROW_HASH) == null
                        && ((LocalDate) row.getField(FeedTables.KNOWN_ON)).isBefore(horizon)) {
                    longAgo.add(key);
                }
            });
            if (last.isEmpty()) {
                return;
            }
            Map<String, Record> lastRows = new HashMap<>();
            read(
                    table,
                    List.of(
                            FeedTables.KEY,
                            FeedTables.ITEM,
                            FeedTables.SEQ,
                            FeedTables.ROW_HASH,
                            period.closedColumn()),
                    row -> {
                        if (row.getField(FeedTables.ROW_HASH) != null && last.containsKey(text(row, FeedTables.KEY))) {
                            lastRows.merge(text(row, FeedTables.KEY), row.copy(), Found::later);
                        }
                    });
            lastRows.forEach((key, row) -> {
                if (longAgo.contains(key) || isBefore(row.getField(period.closedColumn()))) {
                    add(row);
                }
            });
        }

        private void add(Record row) {
            items.put(text(row, FeedTables.ITEM), text(row, FeedTables.KEY));
        }

        private boolean isBefore(@Nullable Object closed) {
            LocalDate closedOn = closed instanceof OffsetDateTime time
                    ? time.atZoneSameInstant(zone).toLocalDate()
                    : (LocalDate) closed;
            return closedOn != null && closedOn.isBefore(horizon);
        }

        Retaining.FeedRows due(
                Map<String, LocalDate> latest, Set<String> held, RetentionLedger.@Nullable Horizon applied) {
            Set<String> keys = new HashSet<>();
            long waiting = 0;
            long later = 0;
            long heldCount = 0;
            for (Map.Entry<String, String> item : items.entrySet()) {
                LocalDate day = latest.get(source + item.getKey());
                if (held.contains(item.getValue())) {
                    heldCount++;
                } else if (day == null || day.isBefore(horizon)) {
                    keys.add(item.getValue());
                } else if (day.equals(LocalDate.MAX)) {
                    waiting++;
                } else {
                    later++;
                }
            }
            LocalDate from =
                    applied == null || applied.retainedFrom().isBefore(horizon) ? horizon : applied.retainedFrom();
            return new Retaining.FeedRows(
                    period,
                    new RetentionLedger.Horizon(from, period.closedColumn(), zone),
                    keys,
                    new Retaining.Kept(heldCount, waiting, later));
        }

        private static void read(Table table, List<String> columns, Consumer<Record> reader) {
            if (table.currentSnapshot() == null) {
                return;
            }
            try (CloseableIterable<Record> rows =
                    IcebergGenerics.read(table).select(columns).build()) {
                rows.forEach(reader);
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + table.name(), failed);
            }
        }

        private static Record later(Record one, Record other) {
            return (Long) one.getField(FeedTables.SEQ) > (Long) other.getField(FeedTables.SEQ) ? one : other;
        }

        private static String text(Record row, String field) {
            return String.valueOf(row.getField(field));
        }
    }
}
