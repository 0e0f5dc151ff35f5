package uk.fpw.warehouse.store.rewrite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.identity.KeySwitch;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.LookLedger;
import uk.fpw.warehouse.store.ledger.OpsStatements;
import uk.fpw.warehouse.store.ledger.Rekeyings;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.load.VersionKeys;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Erases rows from a whole warehouse: all versions in {@code raw}, what {@code core}, restricted marts and the ledger
 * of values at entry have of items of which no row remains, in every snapshot and stored release; published rows,
 * texts in {@code ops}, and files. Aggregates of stored releases stay as they were released.
 *
 * <p>Any caller that knows keys of rows, or pseudonyms, can use it: {@link #find} counts and changes nothing,
 * {@link #run} erases and adds tombstones. Steps: find what goes; rewrite every table beside its old files; audit every
 * stored release with its new files; write to the folder that rows were erased, so that earlier versions stop; switch
 * the catalog and {@code ops} in one transaction; delete the old files. Until the switch the warehouse is unchanged: if
 * the process dies, the next attempt starts again. After the switch, {@link #finish} deletes the rest without knowing
 * what was erased. The caller holds the warehouse lock.
 *
 * <p>A restriction is an erasure of which all versions of rows of feeds are written to a sealed file before the switch.
 */
public final class Erasing {

    private static final String COMMAND = "fpw erase";

    private final DataSource dataSource;
    private final WarehouseCatalog catalog;
    private final Force force;
    private final LockGuard guard;
    private final Clock clock;
    private final Consumer<String> progress;
    private final @Nullable ErasureList list;

    /**
     * Erases rows.
     *
     * @param list list of erasures to which each is added before the switch; null if none is kept
     */
    public Erasing(
            DataSource dataSource,
            WarehouseCatalog catalog,
            Force force,
            LockGuard guard,
            Clock clock,
            Consumer<String> progress,
            @Nullable ErasureList list) {
        this.list = list;
        this.dataSource = dataSource;
        this.catalog = catalog;
        this.force = force;
        this.guard = guard;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * What to erase, in the form in which tables contain it.
     *
     * @param keys keys of rows by feed, in canonical form and with pseudonyms; all versions with them are erased
     * @param pseudonyms pseudonyms of values; each version with one of them in a pseudonymised column is erased
     */
    public record Rows(Map<String, Set<String>> keys, Set<String> pseudonyms) implements Sought {

        @Override
        public Set<String> feeds() {
            return keys.keySet();
        }

        @Override
        public boolean hasKey(String feed, String key) {
            return knownKeys(feed).contains(key);
        }

        @Override
        public Set<String> knownKeys(String feed) {
            return keys.getOrDefault(feed, Set.of());
        }

        @Override
        public boolean hasPseudonyms() {
            return !pseudonyms.isEmpty();
        }

        @Override
        public boolean hasPseudonym(String pseudonym) {
            return pseudonyms.contains(pseudonym);
        }

        @Override
        public UnaryOperator<String> withoutWords() {
            return UnaryOperator.identity();
        }

        /** Contains no key and no pseudonym. */
        @Override
        public String toString() {
            return "keys of " + keys.size() + " feeds, " + pseudonyms.size() + " pseudonyms";
        }
    }

    /**
     * An erasure to be done.
     *
     * @param words keys and values as people write them, to be erased from reasons and messages; short ones, and those
     *     within another word, stay
     * @param tombstones what to keep out from then on
     * @param keptOutUntil last business date on which it is kept out
     * @param key pseudonym key of the warehouse
     * @param reviewOn if the rows are restricted: all versions are kept in a sealed file until it is decided otherwise,
     *     which is due on that date. Null if they are erased
     */
    public record Request(
            Erasures.Cause cause,
            Rows rows,
            Set<String> words,
            List<Tombstones.Erased> tombstones,
            LocalDate keptOutUntil,
            Pseudonymiser key,
            @Nullable LocalDate reviewOn) {

        /** Contains nothing of what is erased. */
        @Override
        public String toString() {
            return cause.kind() + ": " + rows;
        }
    }

    /**
     * What an erasure removes.
     *
     * @param rows number of removed rows by table, all versions and snapshots; only tables that lose rows
     * @param itemCount number of items of which no row remains
     * @param releases number of rows that each changed table of each stored release loses
     */
    public record Found(Map<String, Long> rows, int itemCount, Map<ReleaseId, Map<String, Long>> releases) {

        /** Number of versions of rows of feeds. */
        public long versionCount() {
            return rows.entrySet().stream()
                    .filter(table -> ErasedRows.feed(table.getKey()) != null)
                    .mapToLong(Map.Entry::getValue)
                    .sum();
        }

        /** Whether nothing is removed. */
        public boolean isEmpty() {
            return rows.isEmpty();
        }
    }

    /** Counts what an erasure would remove; changes nothing. */
    public Found find(WarehouseIdentity identity, Rows rows) {
        return find(identity, (Sought) rows);
    }

    /**
     * Counts what earlier erasures would remove if they were applied again; changes nothing.
     *
     * @param erasures erasures, each with the key of its hashes
     */
    public Found findAgain(WarehouseIdentity identity, Map<ListedErasure, TombstoneKey> erasures) {
        return find(identity, new StoredHashes(erasures));
    }

    private Found find(WarehouseIdentity identity, Sought rows) {
        try (Connection connection = dataSource.getConnection()) {
            TableSwitch change = new TableSwitch(dataSource, connection, guard, COMMAND);
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
            return new Found(
                    counts,
                    erased.items().size(),
                    RewrittenReleases.removed(
                            catalog.warehouse(), RewrittenFiles.removed(byFile), change.releaseIds()));
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /**
     * Erases rows.
     *
     * @param identity identity of the database
     * @throws FpwException with {@code AUDIT_FAILED} if a release would differ in anything else, and with
     *     {@code CONFIGURATION} if a running session says in its record of reads what is to be erased; nothing is
     *     changed in these cases
     */
    public Found run(WarehouseIdentity identity, Request request, ReleaseAudit audit) {
        return run(identity, request.rows(), request.words(), audit, (connection, rewritten) -> {
            String id = UUID.randomUUID().toString();
            OpsStatements statements = new OpsStatements(connection);
            Tombstones.Key key = Tombstones.key(statements, clock.instant(), request.key());
            List<ListedErasure.Tombstone> tombstones = Tombstones.hashes(key, request.tombstones());
            ListedErasure listed = listed(identity, id, request, key, tombstones);
            Restrictions.Sealed sealed =
                    listed.restriction() == null ? null : seal(rewritten, rewritten.erased(), listed, request.key());
            if (list != null) {
                list.add(listed);
            }
            return new Records(List.of(id), request.cause().by(), recorded -> {
                Erasures.record(
                        connection,
                        id,
                        request.cause(),
                        recorded,
                        rewritten.counts(),
                        rewritten.found().releases(),
                        list != null);
                Tombstones.forget(statements, request.tombstones(), request.key());
                Tombstones.add(
                        statements,
                        tombstones,
                        key,
                        tombstoneCause(request.cause(), request.keptOutUntil(), clock.instant()),
                        request.key());
                recordSealed(statements, listed, key, sealed);
            });
        });
    }

    /**
     * Applies earlier erasures again, in a warehouse that was restored from a backup without them: all of them
     * together. They keep their ids; the first one is recorded with what was removed by all.
     *
     * @param erasures erasures, each with the key of its hashes
     * @param key pseudonym key of the warehouse
     * @throws FpwException as {@link #run}
     */
    public Found runAgain(
            WarehouseIdentity identity,
            Map<ListedErasure, TombstoneKey> erasures,
            Pseudonymiser key,
            ReleaseAudit audit) {
        Found done = run(identity, new StoredHashes(erasures), Set.of(), audit, (connection, rewritten) -> {
            List<ListedErasure> inOrder = erasures.keySet().stream()
                    .sorted(Comparator.comparing(
                            (ListedErasure one) -> one.cause().startedAt()))
                    .toList();
            ListedErasure first = inOrder.get(0);
            Map<String, Restrictions.Sealed> sealed = sealAgain(identity, rewritten, erasures, key);
            return new Records(
                    inOrder.stream().map(ListedErasure::erasureId).toList(),
                    first.cause().by(),
                    recorded -> {
                        for (ListedErasure erasure : inOrder) {
                            recordAgain(
                                    connection,
                                    erasure,
                                    Objects.requireNonNull(erasures.get(erasure)),
                                    key,
                                    recorded,
                                    erasure.equals(first) ? rewritten : null,
                                    sealed.get(erasure.erasureId()));
                        }
                    });
        });
        if (list != null) {
            list.noteApplied(
                    erasures.keySet().stream().map(ListedErasure::erasureId).collect(Collectors.toSet()),
                    identity.id());
        }
        return done;
    }

    private static void recordAgain(
            Connection connection,
            ListedErasure erasure,
            TombstoneKey hashes,
            Pseudonymiser key,
            Instant at,
            @Nullable Rewritten rewritten,
            Restrictions.@Nullable Sealed sealed)
            throws SQLException {
        ListedErasure.Cause listed = erasure.cause();
        Erasures.Cause cause = new Erasures.Cause(
                Erasures.Kind.of(listed.kind()),
                listed.feed(),
                listed.ground(),
                listed.reason(),
                listed.by(),
                listed.startedAt());
        Erasures.record(
                connection,
                erasure.erasureId(),
                cause,
                at,
                rewritten == null ? new Erasures.Counts(0, 0, 0, 0) : rewritten.counts(),
                rewritten == null ? Map.of() : rewritten.found().releases(),
                true);
        OpsStatements statements = new OpsStatements(connection);
        Tombstones.Key tombstoneKey = new Tombstones.Key(
                erasure.key().id(),
                hashes,
                erasure.key().createdUnder(),
                erasure.key().createdAt());
        Tombstones.add(
                statements,
                erasure.tombstones(),
                tombstoneKey,
                tombstoneCause(cause, erasure.endsOn(), listed.startedAt()),
                key);
        recordSealed(statements, erasure, tombstoneKey, sealed);
    }

    /** Seals the rows of each restriction, as far as the restored warehouse has them, by the id of the restriction. */
    private Map<String, Restrictions.Sealed> sealAgain(
            WarehouseIdentity identity,
            Rewritten rewritten,
            Map<ListedErasure, TombstoneKey> erasures,
            Pseudonymiser key) {
        Map<String, Restrictions.Sealed> sealed = new HashMap<>();
        erasures.forEach((erasure, hashes) -> {
            if (erasure.restriction() != null) {
                ErasedRows rows = erased(rewritten.change(), identity, new StoredHashes(Map.of(erasure, hashes)));
                sealed.put(erasure.erasureId(), seal(rewritten, rows, erasure, key));
            }
        });
        return sealed;
    }

    private Restrictions.Sealed seal(
            Rewritten rewritten, ErasedRows rows, ListedErasure restriction, Pseudonymiser key) {
        return new SealedVersions(rewritten.change().tables().values(), rows)
                .seal(catalog.warehouse(), restriction, key);
    }

    private static void recordSealed(
            OpsStatements statements, ListedErasure erasure, Tombstones.Key key, Restrictions.@Nullable Sealed sealed)
            throws SQLException {
        ListedErasure.Restriction restriction = erasure.restriction();
        if (restriction != null && sealed != null) {
            Restrictions.record(statements, erasure.erasureId(), restriction.reviewOn(), sealed);
            Tombstones.restrict(statements, erasure.tombstones(), key, erasure.erasureId());
        }
    }

    private ListedErasure listed(
            WarehouseIdentity identity,
            String id,
            Request request,
            Tombstones.Key key,
            List<ListedErasure.Tombstone> tombstones) {
        Erasures.Cause cause = request.cause();
        String fingerprint =
                Pseudonymiser.withoutFormat(String.valueOf(request.key().fingerprint()));
        return new ListedErasure(
                id,
                identity.forceCode(),
                Set.of(identity.id()),
                new ListedErasure.Cause(
                        cause.kind().toString(),
                        cause.feed(),
                        cause.ground(),
                        cause.reason(),
                        cause.by(),
                        cause.startedAt()),
                request.keptOutUntil(),
                new ListedErasure.Key(
                        key.id(),
                        key.createdUnder(),
                        key.createdAt(),
                        Map.of(fingerprint, key.key().encrypt(request.key()))),
                fingerprint,
                tombstones,
                StoredHashes.of(request.rows(), request.words(), key.key()),
                request.reviewOn() == null ? null : new ListedErasure.Restriction(request.reviewOn(), null));
    }

    private static Tombstones.Cause tombstoneCause(Erasures.Cause cause, LocalDate endsOn, Instant at) {
        return new Tombstones.Cause(endsOn, cause.ground(), cause.reason(), at, cause.by());
    }

    /** Tables that are rewritten, and not yet switched: their old files still have all rows. */
    private record Rewritten(TableSwitch change, ErasedRows erased, Found found, int tableCount) {

        Erasures.Counts counts() {
            return new Erasures.Counts(
                    found.versionCount(),
                    found.itemCount(),
                    tableCount,
                    found.releases().size());
        }
    }

    /** What the transaction records beside the switch. */
    private record Records(List<String> ids, String by, InTransaction statements) {}

    @FunctionalInterface
    private interface InTransaction {
        void at(Instant switchedAt) throws SQLException;
    }

    /** Called right before the switch; what it writes elsewhere must be there before it. */
    @FunctionalInterface
    private interface Prepared {
        Records prepare(Connection connection, Rewritten rewritten) throws SQLException;
    }

    private Found run(
            WarehouseIdentity identity, Sought rows, Set<String> words, ReleaseAudit audit, Prepared prepared) {
        RewrittenReleases.discard(catalog.warehouse());
        new EvidenceFolder(catalog.warehouse()).deleteOthers(new Restrictions(dataSource).sealed());
        new RunLedger(dataSource, clock).abandonUnfinished();
        try (Connection connection = dataSource.getConnection()) {
            TableSwitch change = new TableSwitch(dataSource, connection, guard, COMMAND);
            ErasedRows erased = erased(change, identity, rows);
            Set<String> all = new HashSet<>(words);
            all.addAll(erased.items());
            ErasedTexts texts = new ErasedTexts(rows, all);
            ErasedFiles files = new ErasedFiles(dataSource, catalog.warehouse(), clock);
            files.prepare(texts.isIn());

            Map<String, String> after = rewrite(change, erased);
            List<Rekeyings.NewDigests> releases = releases(change, texts, audit);
            Found found = found(change, erased, releases);
            guard.check();
            Records records = prepared.prepare(connection, new Rewritten(change, erased, found, after.size()));
            WarehouseIdentity announced = KeySwitch.announceErasures(identity);
            change.apply(connection, after, rekeyings -> {
                List<LookLedger.Line> looks = LookLedger.naming(connection, texts.isIn());
                erase(rekeyings, change, erased, rows, texts);
                if (!found.isEmpty() || !releases.isEmpty()) {
                    rekeyings.record(
                            new Rekeyings.Replacement(
                                    clock.instant(), records.by(), "erasure " + String.join(", ", records.ids()), true),
                            "rows were erased from the warehouse",
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

    /** The tables of the database from which rows and texts are erased, by qualified name. */
    public static List<String> tablesOfDatabase() {
        List<String> tables = new ArrayList<>(Erasures.TABLES);
        tables.addAll(keysOfDatabase().keySet());
        return tables;
    }

    /** Of these the tables with items in their primary keys, with the columns of the key. */
    public static Map<String, List<String>> keysOfDatabase() {
        Map<String, List<String>> keys = new LinkedHashMap<>();
        Models.marts().stream()
                .filter(mart -> ErasedRows.itemColumn(mart) != null)
                .forEach(mart -> keys.put(
                        "mart_rows." + mart.name(),
                        Stream.concat(Stream.of("release_id"), mart.grain().stream())
                                .toList()));
        return keys;
    }

    /**
     * Deletes the old files of an erasure that was interrupted after the switch; false if there is none. As after
     * {@link #run}, other commands may use the warehouse only once the database is compacted and the caller has
     * recorded that with {@link Erasures#finish}: until then its files contain the erased rows.
     */
    public boolean finish(WarehouseIdentity identity) {
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

    private ErasedRows erased(TableSwitch change, WarehouseIdentity identity, Sought rows) {
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
                "beyond the erased rows");
        List<Rekeyings.NewDigests> digests = new ArrayList<>();
        change.forEachRelease(rewritten, (release, isCurrent) -> {
            if (rewritten.hasChanges(release.releaseId())) {
                // Not recounted: its aggregates still count what is erased.
                digests.add(rewritten.rewrite(release, false));
                progress.accept("release " + release.releaseId() + " is unchanged but for the erased rows");
            }
        });
        return digests;
    }

    private static Found found(TableSwitch change, ErasedRows erased, Collection<Rekeyings.NewDigests> releases) {
        Map<String, Long> rows = new TreeMap<>();
        change.tables().forEach((name, table) -> {
            if (table.removedCount() > 0) {
                rows.put(name, table.removedCount());
            }
        });
        Map<ReleaseId, Map<String, Long>> removed = new TreeMap<>();
        releases.forEach(release -> removed.put(release.releaseId(), release.removed()));
        return new Found(rows, erased.items().size(), removed);
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

    private static FpwException unavailable(SQLException failed) {
        return FpwException.unavailable(
                "the database does not respond: " + DatabaseErrors.reason(failed) + "; run " + COMMAND + " again",
                failed);
    }
}
