package uk.fpw.warehouse.store.rewrite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.identity.KeySwitch;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.Rekeyings;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.feed.Tombstones;
import uk.fpw.warehouse.store.load.VersionKeys;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyMapping;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Replaces the keys of a warehouse. Steps: map old keys to new ones; rewrite every table beside its old files
 * ({@link RewrittenTable}); audit every stored release with its new files; write the key format to the file of the
 * folder; switch the catalog and {@code ops} in one transaction; replace the release files. Until the switch the
 * warehouse is unchanged: if the process dies, its files are unreferenced, and the next attempt starts again. After the
 * switch, the next attempt finishes the remaining steps. The caller holds the warehouse lock.
 */
public final class Rekeying {

    private static final String SPELLS = "core.spell";
    private static final String EVENTS = "core.event";
    private static final String GRADINGS = "core.grading";

    private final DataSource dataSource;
    private final WarehouseCatalog catalog;
    private final Force force;
    private final LockGuard guard;
    private final Clock clock;
    private final Consumer<String> progress;

    public Rekeying(
            DataSource dataSource,
            WarehouseCatalog catalog,
            Force force,
            LockGuard guard,
            Clock clock,
            Consumer<String> progress) {
        this.dataSource = dataSource;
        this.catalog = catalog;
        this.force = force;
        this.guard = guard;
        this.clock = clock;
        this.progress = progress;
    }

    /**
     * The old and the new key.
     *
     * @param before the old key, in the format of the warehouse
     * @param after the new key, in base 32; null if the pseudonym key stays the same
     * @param source source of new pseudonyms; null if they can be derived from the old ones
     */
    public record Keys(
            Pseudonymiser before,
            @Nullable Pseudonymiser after,
            @Nullable PseudonymSource source) {}

    /**
     * Result of a replacement.
     *
     * @param keyCount number of replaced keys
     * @param tableCount number of rewritten tables
     * @param releaseCount number of stored releases
     */
    public record Outcome(int keyCount, int tableCount, int releaseCount) {}

    /** Finishes a replacement that was interrupted after the switch; false if there is none. */
    public boolean finish(WarehouseIdentity identity) {
        try (Connection connection = dataSource.getConnection()) {
            if (!KeySwitch.isUnfinished(connection)) {
                return false;
            }
            finish(connection, identity);
            return true;
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /**
     * Replaces the keys.
     *
     * @param identity identity of the database
     * @param keepsUnknown whether to keep pseudonyms for which there is no new one
     * @param cause description of the replacement, for the record
     * @param by operating-system user
     * @throws FpwException with {@code BAD_DATA} if there are pseudonyms without a new one that may not be kept, and
     *     with {@code AUDIT_FAILED} if a release would differ; nothing is changed in these cases
     */
    public Outcome run(
            WarehouseIdentity identity, Keys keys, boolean keepsUnknown, String cause, String by, ReleaseAudit audit) {
        RewrittenReleases.discard(catalog.warehouse());
        new RunLedger(dataSource, clock).abandonUnfinished();
        try (Connection connection = dataSource.getConnection()) {
            TableSwitch change = new TableSwitch(dataSource, connection, guard, "fpw rekey");
            Map<String, RewrittenTable> tables = change.tables();
            NewKeys found = new NewKeys(tables, force, identity.keyFormat(), memory("the keys of the warehouse"));
            found.find(keys, keepsUnknown, progress);
            KeyMapping mapping = found.mapping();
            progress.accept("keys to replace: " + mapping.size());

            UnaryOperator<String> fingerprint = old -> fingerprint(old, keys.after());
            Map<String, String> after = new TreeMap<>();
            Set<String> unexplained = rewrite(tables, found, identity.keyFormat(), fingerprint, after);
            after.entrySet().removeIf(table -> !change.isChanged(table.getKey(), table.getValue()));

            List<Rekeyings.NewDigests> releases = releases(change, unexplained, fingerprint, audit);
            guard.check();
            WarehouseIdentity announced = KeySwitch.announce(identity);
            change.apply(connection, after, rekeyings -> {
                KeySwitch.recordKeyFormat(connection);
                replaceTexts(rekeyings, tables, mapping, identity.keyFormat());
                rekeyings.record(
                        new Rekeyings.Replacement(clock.instant(), by, cause, false),
                        "the keys of the warehouse were replaced",
                        releases);
                rekeyings.replaceFingerprints(fingerprint);
                if (keys.after() != null) {
                    Tombstones.encryptAgain(connection, keys.before(), keys.after());
                    Restrictions.encryptAgain(connection, keys.before(), keys.after());
                }
            });
            finish(connection, announced);
            return new Outcome(mapping.size(), after.size(), releases.size());
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** Rewrites all tables. Returns files with rows whose ids cannot be derived. */
    private Set<String> rewrite(
            Map<String, RewrittenTable> tables,
            NewKeys keys,
            KeyFormat format,
            UnaryOperator<String> fingerprint,
            Map<String, String> after) {
        KeyedTexts texts = new KeyedTexts(keys.mapping());
        Set<String> unexplained = new HashSet<>();
        for (RewrittenTable table : tables.values()) {
            guard.check();
            VersionKeys rows = keys.versions(table);
            if (rows != null) {
                after.put(table.name(), table.rewrite(new RowChange() {
                    @Override
                    public boolean change(org.apache.iceberg.data.Record row) {
                        return rows.change(row);
                    }

                    @Override
                    public Map<String, String> summary(Map<String, String> summary) {
                        return rows.summary(summary, fingerprint);
                    }
                }));
            } else if (table.name().equals(SPELLS) && tables.containsKey(EVENTS)) {
                SpellIds ids =
                        new SpellIds(texts, format, table, table(tables, EVENTS), memory("the ids of " + SPELLS));
                after.put(table.name(), table.rewrite(ids));
                ids.release();
                unexplained.addAll(ids.unexplained());
            } else if (table.name().equals(GRADINGS)) {
                GradingIds ids = new GradingIds(texts, format);
                after.put(table.name(), table.rewrite(ids));
                unexplained.addAll(ids.unexplained());
            } else {
                after.put(table.name(), table.rewrite(texts));
            }
            if (table.hasChanged()) {
                progress.accept(table.name() + " was rewritten with new keys");
            }
        }
        return unexplained;
    }

    private List<Rekeyings.NewDigests> releases(
            TableSwitch change, Set<String> unexplained, UnaryOperator<String> fingerprint, ReleaseAudit audit) {
        RewrittenFiles files = RewrittenFiles.of(change.tables().values());
        RewrittenReleases rekeyed = new RewrittenReleases(
                catalog.warehouse(),
                (release, audited) -> {
                    requireExplained(
                            release.releaseId(),
                            audited.stream()
                                    .flatMap(table -> table.files().stream())
                                    .map(catalog.warehouse()::resolve)
                                    .toList(),
                            unexplained,
                            files);
                    return audit.audit(release, audited);
                },
                fingerprint,
                files,
                UnaryOperator.identity(),
                "with the new keys");
        Erasures erasures = new Erasures(dataSource);
        List<Rekeyings.NewDigests> digests = new ArrayList<>();
        change.forEachRelease(rekeyed, (release, isCurrent) -> {
            // Not recounted if its aggregates still count erased rows.
            boolean isWhole =
                    erasures.removedRows(release.releaseId()).values().stream().allMatch(removed -> removed == 0);
            digests.add(rekeyed.rewrite(release, isCurrent && isWhole));
            progress.accept("release " + release.releaseId() + " is unchanged with new keys");
        });
        return digests;
    }

    private static void requireExplained(
            ReleaseId releaseId, List<Path> released, Set<String> unexplained, RewrittenFiles files) {
        Set<Path> wrong = new HashSet<>();
        unexplained.forEach(location -> {
            Path file = LocalStorage.file(location);
            Path now = files.renamed(file);
            wrong.add(now == null ? file : now);
        });
        if (released.stream().anyMatch(wrong::contains)) {
            throw new FpwException(
                    ExitCode.AUDIT_FAILED,
                    "release " + releaseId + ": ids of spells or judgements cannot be derived from their rows, so "
                            + "this version cannot replace them. Nothing was changed; report it");
        }
    }

    private void replaceTexts(
            Rekeyings rekeyings, Map<String, RewrittenTable> tables, KeyMapping mapping, KeyFormat format)
            throws SQLException {
        Set<String> marts = new HashSet<>();
        tables.values().stream()
                .filter(RewrittenTable::hasChanged)
                .forEach(table -> marts.add(table.name().substring(table.name().indexOf('.') + 1)));
        rekeyings.replaceTexts(marts, mapping::text);
        if (format == KeyFormat.HEX) {
            for (Feed feed : force.feeds()) {
                if (feed.pseudonymises()) {
                    // Rows that were refused and never loaded are in no table.
                    rekeyings.replaceRefusals(feed.name(), KeyMapping::inBase32);
                }
            }
        }
    }

    /** The steps after the switch; other commands may use the warehouse only after them. */
    private void finish(Connection connection, WarehouseIdentity identity) throws SQLException {
        guard.check();
        RewrittenReleases.follow(catalog.warehouse());
        KeySwitch.deleteOldMetadata(connection, identity, guard);
        Rekeyings.discard(connection);
        new Rekeyings(connection).finish(clock.instant());
        DurableCommit.sync(connection);
    }

    private static String fingerprint(String old, @Nullable Pseudonymiser after) {
        String now = after == null ? null : after.fingerprint();
        return now != null ? now : Pseudonymiser.fingerprint(old, KeyFormat.BASE32);
    }

    private static RewrittenTable table(Map<String, RewrittenTable> tables, String name) {
        RewrittenTable table = tables.get(name);
        if (table == null) {
            throw new IllegalStateException("there is no table " + name);
        }
        return table;
    }

    private static IndexMemory memory(String what) {
        return new IndexMemory(what, IndexMemory.Limit.ofThisProcess(), "nothing was changed and nothing is lost");
    }

    private static FpwException unavailable(SQLException failed) {
        return FpwException.unavailable(
                "the database does not respond: " + DatabaseErrors.reason(failed) + "; run fpw rekey again", failed);
    }
}
