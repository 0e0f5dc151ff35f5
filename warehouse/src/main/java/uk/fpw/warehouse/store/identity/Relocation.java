package uk.fpw.warehouse.store.identity;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.lock.ConnectionSource;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Lets a warehouse that was copied, restored or moved work where it is now. Iceberg's paths are absolute, so they are
 * rewritten, table by table, next to the old ones; one transaction then switches the catalog to them and updates the
 * location of the warehouse; files that are no longer needed are deleted last. If the process dies in between,
 * every run is rejected until the relocation is repeated. Nothing of the first place is opened but its
 * {@code warehouse.json}.
 */
public final class Relocation {

    private final ConnectionSource connections;
    private final String database;
    private final Path warehouse;
    private final String forceCode;
    private final Path forceFolder;
    private final LockGuard guard;

    /**
     * A relocation to one folder. The caller holds the warehouse lock.
     *
     * @param jdbcUrl URL of the database, for messages; its settings are not shown
     * @param warehouse the warehouse folder where it is now
     * @param forceCode short name of the force
     * @param forceFolder the force folder that is to write from now on
     */
    public Relocation(
            ConnectionSource connections,
            String jdbcUrl,
            Path warehouse,
            String forceCode,
            Path forceFolder,
            LockGuard guard) {
        this.connections = connections;
        this.database = jdbcUrl.split("[;?]", 2)[0];
        this.warehouse = RealPath.of(warehouse);
        this.forceCode = forceCode;
        this.forceFolder = RealPath.of(forceFolder);
        this.guard = guard;
    }

    /**
     * What was done.
     *
     * @param identity who the warehouse is now
     * @param from where it was; null if it was where it belongs and nothing was done
     * @param tableCount how many tables have new paths
     * @param isFinishedOnly whether an earlier relocation had written the paths, and only what was left of it was done
     */
    public record Outcome(
            WarehouseIdentity identity, @Nullable Path from, int tableCount, boolean isFinishedOnly) {}

    /**
     * Relocates a warehouse that was restored from a backup into a folder without an identity. It stays the same
     * warehouse, unless that is still in its original place: then this one becomes a separate one.
     *
     * @throws FpwException as {@link #run(boolean, Instant)}
     */
    public Outcome runRestored(Instant now) {
        try (Connection connection = connections.open()) {
            IdentityTable.Row row = IdentityTable.read(connection);
            if (row == null) {
                throw IdentityCheck.refused("the database " + database + " contains no warehouse identity");
            }
            WarehouseIdentity old = row.identity();
            boolean wasMoved = old.path().equals(warehouse) || !isStillIn(old);
            Outcome outcome = run(connection, old, row, wasMoved, now);
            IdentityFile.replace(outcome.identity());
            return outcome;
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /**
     * Relocates the warehouse, or finishes what was interrupted.
     *
     * @param wasMoved whether nothing is left in the original place, so that this is still the same warehouse;
     *     otherwise it becomes a separate one
     * @throws FpwException with {@code CONFIGURATION} if folder, database and force do not belong together or the first
     *     place is not empty; nothing was changed then
     */
    public Outcome run(boolean wasMoved, Instant now) {
        try (Connection connection = connections.open()) {
            WarehouseIdentity inFolder = IdentityFile.read(warehouse);
            IdentityTable.Row row = IdentityTable.read(connection);
            if (inFolder == null || row == null) {
                throw IdentityCheck.refused("the "
                        + (inFolder == null ? "folder " + warehouse : "database " + database)
                        + " contains no warehouse identity, so it is unknown which warehouse "
                        + "it is. A warehouse from a version without identities gets one from a "
                        + "nightly run in its original place; move or copy it after that");
            }
            return run(connection, inFolder, row, wasMoved, now);
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    private FpwException unavailable(SQLException failed) {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                "the database " + database + " says: " + failed.getMessage() + "; run fpw relocate again",
                failed);
    }

    private Outcome run(
            Connection connection, WarehouseIdentity inFolder, IdentityTable.Row row, boolean wasMoved, Instant now)
            throws SQLException {
        WarehouseIdentity old = row.identity();
        requireForce(inFolder);
        requireForce(old);
        boolean isCopyOfDatabase = IdentityTable.isCopy(connection, row);
        if (old.path().equals(warehouse)) {
            return inItsPlace(connection, inFolder, row, wasMoved, isCopyOfDatabase, now);
        }
        if (!inFolder.id().equals(old.id())) {
            throw notTogether(inFolder, old);
        }
        boolean isLeft = isStillIn(old);
        if (isLeft && wasMoved) {
            throw IdentityCheck.refused("warehouse " + IdentityCheck.shown(old) + " is still in " + old.path()
                    + ", so it was not moved. Without --moved this folder becomes a separate warehouse");
        }
        if (isLeft && !isCopyOfDatabase && !row.databaseId().isEmpty()) {
            throw IdentityCheck.refused("the database " + database + " still belongs to warehouse "
                    + IdentityCheck.shown(old) + " in " + old.path()
                    + ": a copy of the folder needs a copy of the database too. Restore the "
                    + "database under another name (pg_dump, pg_restore), set it in force.yml: "
                    + "storage.database, and run fpw relocate again");
        }
        UUID id = wasMoved ? old.id() : UUID.randomUUID();
        WarehouseIdentity identity = new WarehouseIdentity(
                id,
                old.forceCode(),
                warehouse,
                old.dataPrefix(),
                old.keyFormat(),
                wasMoved ? old.createdAt() : now.truncatedTo(ChronoUnit.MILLIS));
        Map<TableRelocation, String> tables = new LinkedHashMap<>();
        for (Map.Entry<String, String> file :
                IdentityTable.metadataFiles(connection).entrySet()) {
            guard.check();
            TableRelocation table = new TableRelocation(file.getKey(), identity.dataFolder(), file.getValue());
            tables.put(table, table.rewrite());
        }
        connection.setAutoCommit(false);
        for (Map.Entry<TableRelocation, String> table : tables.entrySet()) {
            IdentityTable.setMetadataFile(
                    connection, table.getKey().name(), table.getKey().oldMetadata(), table.getValue());
        }
        IdentityTable.relocate(connection, identity, forceFolder, now, wasMoved ? row.relocatedFrom() : old.id());
        guard.check(connection);
        DurableCommit.commit(connection);
        connection.setAutoCommit(true);
        finish(connection, identity);
        return new Outcome(identity, old.path(), tables.size(), false);
    }

    /**
     * The database says that the warehouse is here: nothing is to be done, or the end of what was interrupted, or a
     * restored database takes the place of one that is gone.
     */
    private Outcome inItsPlace(
            Connection connection,
            WarehouseIdentity inFolder,
            IdentityTable.Row row,
            boolean wasMoved,
            boolean isCopyOfDatabase,
            Instant now)
            throws SQLException {
        WarehouseIdentity identity = row.identity();
        boolean isSame = inFolder.id().equals(identity.id());
        if (!isSame && !inFolder.id().equals(row.relocatedFrom())) {
            throw notTogether(inFolder, identity);
        }
        if (isCopyOfDatabase) {
            if (!wasMoved) {
                throw IdentityCheck.refused("the folder " + warehouse + " still belongs to the database of which "
                        + database
                        + " is a copy: a copy of the database needs a copy of the folder "
                        + "too. Copy it and set the copy in force.yml: storage.warehouse; or, "
                        + "if the original database is gone and this one replaces it, use --moved");
            }
            IdentityTable.relocate(connection, identity, forceFolder, now, row.relocatedFrom());
        }
        if (isSame && inFolder.path().equals(warehouse)) {
            return new Outcome(identity, isCopyOfDatabase ? warehouse : null, 0, false);
        }
        finish(connection, identity);
        return new Outcome(identity, inFolder.path(), 0, true);
    }

    /**
     * What follows the transaction: the file of the folder comes last, so that until then every run says what is left
     * to do.
     */
    private void finish(Connection connection, WarehouseIdentity identity) throws SQLException {
        KeySwitch.deleteOldMetadata(connection, identity, guard);
        IdentityFile.replace(identity);
    }

    private void requireForce(WarehouseIdentity identity) {
        if (!identity.forceCode().equals(forceCode)) {
            throw IdentityCheck.refused("the warehouse in " + warehouse + " belongs to force '" + identity.forceCode()
                    + "' (warehouse " + identity.id() + "), but " + forceFolder.resolve("force.yml")
                    + " belongs to force '" + forceCode + "'");
        }
    }

    private FpwException notTogether(WarehouseIdentity inFolder, WarehouseIdentity inDatabase) {
        return IdentityCheck.refused("the folder " + warehouse + " is warehouse " + IdentityCheck.shown(inFolder)
                + ", but the database " + database + " belongs to warehouse " + IdentityCheck.shown(inDatabase)
                + ". Set the folder and the database that belong together (force.yml: storage)");
    }

    /** Whether the first place still holds the warehouse. */
    private static boolean isStillIn(WarehouseIdentity old) {
        try {
            WarehouseIdentity there = IdentityFile.read(old.path());
            return there != null && there.id().equals(old.id());
        } catch (FpwException unreadable) {
            return true;
        }
    }
}
