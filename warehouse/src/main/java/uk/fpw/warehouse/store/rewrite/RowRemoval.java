package uk.fpw.warehouse.store.rewrite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.identity.KeySwitch;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.store.ledger.Rekeyings;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.load.VersionKeys;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Removes rows from a whole warehouse, for whatever reason. Steps: find what goes; rewrite every table beside its old
 * files; audit every stored release with its new files; write to the folder that rows were removed, so that earlier
 * versions stop; switch the catalog and {@code ops} in one transaction; delete the old files. Until the switch the
 * warehouse is unchanged: if the process dies, the next attempt starts again. The caller holds the warehouse lock.
 */
final class RowRemoval {

    private final DataSource dataSource;
    private final WarehouseCatalog catalog;
    private final Force force;
    private final LockGuard guard;
    private final Clock clock;
    private final Consumer<String> progress;
    private final Wording wording;

    RowRemoval(
            DataSource dataSource,
            WarehouseCatalog catalog,
            Force force,
            LockGuard guard,
            Clock clock,
            Consumer<String> progress,
            Wording wording) {
        this.dataSource = dataSource;
        this.catalog = catalog;
        this.force = force;
        this.guard = guard;
        this.clock = clock;
        this.progress = progress;
        this.wording = wording;
    }

    /**
     * How a removal is spoken of.
     *
     * @param command command to run again if it fails, such as {@code fpw erase}
     * @param done what becomes of rows, such as {@code erased}
     * @param noun its name, such as {@code erasure}
     */
    record Wording(String command, String done, String noun) {}

    /** Tables that are rewritten, and not yet switched: their old files still have all rows. */
    record Rewritten(TableSwitch change, ErasedRows erased, Erasing.Found found, int tableCount) {

        Erasures.Counts counts() {
            return new Erasures.Counts(
                    found.versionCount(),
                    found.itemCount(),
                    tableCount,
                    found.releases().size());
        }
    }

    /** What the transaction records beside the switch. */
    record Records(List<String> ids, String by, InTransaction statements) {}

    @FunctionalInterface
    interface InTransaction {
        void at(Instant switchedAt) throws SQLException;
    }

    /** Called right before the switch; what it writes elsewhere must be there before it. */
    @FunctionalInterface
    interface Prepared {
        Records prepare(Connection connection, Rewritten rewritten) throws SQLException;
    }

    /**
     * Removes rows.
     *
     * @param identity identity of the database
     * @param words what goes from texts that people wrote, beside pseudonyms and the items of which no row remains;
     *     null if these texts stay as they are
     * @throws FpwException with {@code AUDIT_FAILED} if a release would differ in anything else; nothing is changed
     *     then
     */
    Erasing.Found run(
            WarehouseIdentity identity,
            Sought rows,
            @Nullable Set<String> words,
            ReleaseAudit audit,
            Prepared prepared) {
        RewrittenReleases.discard(catalog.warehouse());
        new EvidenceFolder(catalog.warehouse()).deleteOthers(new Restrictions(dataSource).sealed());
        new RunLedger(dataSource, clock).abandonUnfinished();
        try (Connection connection = dataSource.getConnection()) {
            TableSwitch change = new TableSwitch(dataSource, connection, guard, wording.command());
            ErasedRows erased = erased(change, identity, rows);
            Set<String> all = new HashSet<>();
            if (words != null) {
                all.addAll(words);
                all.addAll(erased.items());
            }
            ErasedTexts texts = new ErasedTexts(rows, all);
            ErasedFiles files = new ErasedFiles(dataSource, catalog.warehouse(), clock);
            files.prepare(texts.isIn());

            Map<String, String> after = rewrite(change, erased);
            List<Rekeyings.NewDigests> releases = releases(change, texts, audit);
            Erasing.Found found = found(change, erased, releases);
            guard.check();
            Records records = prepared.prepare(connection, new Rewritten(change, erased, found, after.size()));
            WarehouseIdentity announced = KeySwitch.announceErasures(identity);
            change.apply(connection, after, rekeyings -> {
                List<LookLedger.Line> looks = LookLedger.naming(connection, texts.isIn());
                endHolds(rekeyings, erased, rows);
                erase(rekeyings, change, erased, rows, texts);
                if (!found.isEmpty() || !releases.isEmpty()) {
                    rekeyings.record(
                            new Rekeyings.Replacement(
                                    clock.instant(),
                                    records.by(),
                                    wording.noun() + " " + String.join(", ", records.ids()),
                                    true),
                            "rows were " + wording.done() + " from the warehouse",
                            releases);
                }
                records.statements().at(clock.instant());
                LookLedger.recordErased(connection, records.ids().get(0), looks);
            });
            finish(connection, announced);
            return found;
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** Counts what would be removed; changes nothing. */
    Erasing.Found find(WarehouseIdentity identity, Sought rows) {
        try (Connection connection = dataSource.getConnection()) {
            TableSwitch change = new TableSwitch(dataSource, connection, guard, wording.command());
            ErasedRows erased = erased(change, identity, rows);
            Map<String, Long> counts = new TreeMap<>();
            Map<String, Long> byFile = new TreeMap<>();
            change.tables().forEach((name, table) -> {
                Map<String, Long> files = table.count(row -> erased.has(name, row));
                byFile.putAll(files);
                if (!files.isEmpty()) {
                    counts.put(
                            name,
                            files.values().stream().mapToLong(Long::longValue).sum());
                }
            });
            return new Erasing.Found(
                    counts,
                    erased.items().size(),
                    RewrittenReleases.removed(
                            catalog.warehouse(), RewrittenFiles.removed(byFile), change.releaseIds()));
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /**
     * Deletes the old files of an erasure that was interrupted after the switch; false if there is none. As after
     * {@link #run}, other commands may use the warehouse only once the database is compacted and the caller has
     * recorded that with {@link Erasures#finish}: until then its files contain the erased rows.
     */
    boolean finish(WarehouseIdentity identity) {
        if (new Erasures(dataSource).unfinished() == null) {
            return false;
        }
        try (Connection connection = dataSource.getConnection()) {
            finish(connection, identity);
            return true;
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** The rows that are sought, in the tables as they are before the switch. */
    ErasedRows erased(TableSwitch change, WarehouseIdentity identity, Sought rows) {
        return new ErasedRows(
                change.tables(),
                force,
                identity.keyFormat(),
                rows,
                new IndexMemory("the erased rows", IndexMemory.Limit.ofThisProcess(), "nothing was changed"));
    }

    /** Rewrites all tables. Returns the new metadata of those that have changed. */
    private Map<String, String> rewrite(TableSwitch change, ErasedRows erased) {
        Map<String, String> after = new TreeMap<>();
        for (RewrittenTable table : change.tables().values()) {
            guard.check();
            String feed = ErasedRows.feed(table.name());
            Set<String> keys = feed == null ? Set.of() : erased.keys(feed);
            String metadata = table.rewrite(new RowChange() {
                @Override
                public boolean isRemoved(Record row) {
                    return erased.has(table.name(), row);
                }

                @Override
                public boolean change(Record row) {
                    return false;
                }

                @Override
                public Map<String, String> summary(Map<String, String> summary) {
                    return table.hasChanged() ? VersionKeys.withoutKeys(summary, keys) : summary;
                }
            });
            if (change.isChanged(table.name(), metadata)) {
                after.put(table.name(), metadata);
                progress.accept(table.name() + " was rewritten");
            }
        }
        return after;
    }

    private List<Rekeyings.NewDigests> releases(TableSwitch change, ErasedTexts texts, ReleaseAudit audit) {
        RewrittenReleases rewritten = new RewrittenReleases(
                catalog.warehouse(),
                audit,
                UnaryOperator.identity(),
                RewrittenFiles.of(change.tables().values()),
                texts::without,
                "beyond the " + wording.done() + " rows");
        List<Rekeyings.NewDigests> digests = new ArrayList<>();
        change.forEachRelease(rewritten, (release, isCurrent) -> {
            if (rewritten.hasChanges(release.releaseId())) {
                // Not recounted: its aggregates still count what is erased.
                digests.add(rewritten.rewrite(release, false));
                progress.accept("release " + release.releaseId() + " is unchanged but for these rows");
            }
        });
        return digests;
    }

    private static Erasing.Found found(
            TableSwitch change, ErasedRows erased, Collection<Rekeyings.NewDigests> releases) {
        Map<String, Long> rows = new TreeMap<>();
        change.tables().forEach((name, table) -> {
            if (table.removedCount() > 0) {
                rows.put(name, table.removedCount());
            }
        });
        Map<ReleaseId, Map<String, Long>> removed = new TreeMap<>();
        releases.forEach(release -> removed.put(release.releaseId(), release.removed()));
        return new Erasing.Found(rows, erased.items().size(), removed);
    }

    private void endHolds(Rekeyings rekeyings, ErasedRows erased, Sought rows) throws SQLException {
        for (String feed : erased.feeds()) {
            Set<String> keys = erased.keys(feed);
            int ended = rekeyings.deleteHolds(feed, key -> keys.contains(key) || rows.hasKey(feed, key));
            if (ended > 0) {
                progress.accept(Plural.of(ended, "hold") + " (fpw retain) of rows of feed " + feed + " ended, because "
                        + (ended == 1 ? "the row leaves" : "the rows leave") + " the warehouse");
            }
        }
    }

    private static void erase(
            Rekeyings rekeyings, TableSwitch change, ErasedRows erased, Sought rows, ErasedTexts texts)
            throws SQLException {
        rekeyings.replaceTexts(Set.of(), texts::withoutPseudonyms);
        rekeyings.replaceWritten(ErasedTexts.SHORTEST_WORD, texts::without);
        for (String feed : erased.feeds()) {
            Set<String> keys = erased.keys(feed);
            rekeyings.replaceRefusals(
                    feed, key -> keys.contains(key) || rows.hasKey(feed, key) ? ErasedTexts.ERASED : key);
        }
        Set<String> items = erased.items();
        for (Model mart : Models.marts()) {
            RewrittenTable table = change.tables().get(mart.table());
            @Nullable String item = ErasedRows.itemColumn(mart);
            if (item != null || (table != null && table.hasChanged())) {
                rekeyings.deleteRows(
                        mart.name(),
                        (column, value) -> (column.equals(item) && items.contains(value)) || texts.hasPseudonym(value));
            }
        }
    }

    /** The deletion of old files, after the switch. */
    private void finish(Connection connection, WarehouseIdentity identity) throws SQLException {
        guard.check();
        RewrittenReleases.follow(catalog.warehouse());
        KeySwitch.deleteUnreferencedFiles(connection, identity, guard);
        new ErasedFiles(dataSource, catalog.warehouse(), clock).delete();
        Rekeyings.discard(connection);
        DurableCommit.sync(connection);
    }

    private FpwException unavailable(SQLException failed) {
        return FpwException.unavailable(
                "the database does not respond: " + DatabaseErrors.reason(failed) + "; run " + wording.command()
                        + " again",
                failed);
    }
}
