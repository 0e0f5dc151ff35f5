package uk.fpw.warehouse.store.rewrite;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.privacy.TombstoneKey;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.OpsStatements;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
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

    private final RowRemoval removal;
    private final WarehouseCatalog catalog;
    private final Clock clock;
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
        this.removal = new RowRemoval(
                dataSource,
                catalog,
                force,
                guard,
                clock,
                progress,
                new RowRemoval.Wording(COMMAND, "erased", "erasure"));
        this.catalog = catalog;
        this.clock = clock;
        this.list = list;
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
        return removal.find(identity, rows);
    }

    /**
     * Counts what earlier erasures would remove if they were applied again; changes nothing.
     *
     * @param erasures erasures, each with the key of its hashes
     */
    public Found findAgain(WarehouseIdentity identity, Map<ListedErasure, TombstoneKey> erasures) {
        return removal.find(identity, new StoredHashes(erasures));
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
        return removal.run(identity, request.rows(), request.words(), audit, (connection, rewritten) -> {
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
            return new RowRemoval.Records(List.of(id), request.cause().by(), recorded -> {
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
        Found done = removal.run(identity, new StoredHashes(erasures), Set.of(), audit, (connection, rewritten) -> {
            List<ListedErasure> inOrder = erasures.keySet().stream()
                    .sorted(Comparator.comparing(
                            (ListedErasure one) -> one.cause().startedAt()))
                    .toList();
            ListedErasure first = inOrder.get(0);
            Map<String, Restrictions.Sealed> sealed = sealAgain(identity, rewritten, erasures, key);
            return new RowRemoval.Records(
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
            RowRemoval.@Nullable Rewritten rewritten,
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
            RowRemoval.Rewritten rewritten,
            Map<ListedErasure, TombstoneKey> erasures,
            Pseudonymiser key) {
        Map<String, Restrictions.Sealed> sealed = new HashMap<>();
        erasures.forEach((erasure, hashes) -> {
            if (erasure.restriction() != null) {
                ErasedRows rows =
                        removal.erased(rewritten.change(), identity, new StoredHashes(Map.of(erasure, hashes)));
                sealed.put(erasure.erasureId(), seal(rewritten, rows, erasure, key));
            }
        });
        return sealed;
    }

    private Restrictions.Sealed seal(
            RowRemoval.Rewritten rewritten, ErasedRows rows, ListedErasure restriction, Pseudonymiser key) {
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
        return removal.finish(identity);
    }
}
