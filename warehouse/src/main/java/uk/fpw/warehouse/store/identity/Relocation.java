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
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.lock.ConnectionSource;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Makes a copied, restored or moved warehouse usable in its present place. Iceberg's paths are absolute, so the
 * metadata of each table is rewritten beside the old. One transaction then switches the catalog and records the new
 * location of the warehouse; obsolete files are deleted last. If the process dies in between, all runs are rejected
 * until the relocation is repeated. In the original place nothing but {@code warehouse.json} is opened.
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
     * @param jdbcUrl URL of the database for messages, which omit its settings
     * @param warehouse the present warehouse folder
     * @param forceCode short name of the force
     * @param forceFolder the force folder that may write from now on
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
     * Result of a relocation.
     *
     * @param identity identity of the warehouse now
     * @param from original place; null if nothing had to be done
     * @param tableCount number of tables with new paths
     * @param isFinishedOnly whether only the remaining steps of an earlier relocation were done
     */
    public record Outcome(
            WarehouseIdentity identity, @Nullable Path from, int tableCount, boolean isFinishedOnly) {}

    /**
     * Relocates a warehouse restored from a backup into a folder without an identity. It keeps its identity unless the
     * original is still in its place; otherwise it becomes a separate warehouse.
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
     * Relocates the warehouse, or finishes an interrupted relocation.
     *
     * @param wasMoved whether nothing is left in the original place, so that the warehouse keeps its identity;
     *     otherwise it becomes a separate one
     * @throws FpwException with {@code CONFIGURATION} with nothing changed, if folder, database and force do not belong
     *     together or the original place is not empty
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
        return FpwException.unavailable(
                "the database " + database + " says: " + failed.getMessage() + "; run fpw relocate again", failed);
    }

    private Outcome run(
            Connection connection, WarehouseIdentity inFolder, IdentityTable.Row row, boolean wasMoved, Instant now)
            throws SQLException {
        WarehouseIdentity old = row.identity();
        requireForce(inFolder);
        requireForce(old);
        ObjectStoreLimit.RELOCATE.refuse(old.tables());
        boolean isCopyOfDatabase = IdentityTable.isCopy(connection, row);
        if (old.path().equals(warehouse)) {
            return alreadyInPlace(connection, inFolder, row, wasMoved, isCopyOfDatabase, now);
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
                old.hasErasures(),
                null,
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
     * The database already has the present location: there is nothing to do, an interrupted relocation to finish, or a
     * restored database to accept in place of a lost one.
     */
    private Outcome alreadyInPlace(
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
     * Steps after the transaction. The file of the folder is written last; until then, every run says that the
     * relocation must be finished.
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

    /** Whether the original place still has the warehouse. */
    private static boolean isStillIn(WarehouseIdentity old) {
        try {
            WarehouseIdentity there = IdentityFile.read(old.path());
            return there != null && there.id().equals(old.id());
        } catch (FpwException unreadable) {
            return true;
        }
    }
}
