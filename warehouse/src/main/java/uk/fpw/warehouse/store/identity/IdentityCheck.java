package uk.fpw.warehouse.store.identity;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.text.NameList;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.ObjectStores;
import uk.fpw.warehouse.store.files.TableStorage;
import uk.fpw.warehouse.store.lock.ConnectionSource;

/**
 * Compares the identities of a warehouse folder and a database before anything is written to either. A mismatch fails
 * with {@code CONFIGURATION}, and the message says what was found where and what to do. A database that belongs to the
 * folder but has lost its data fails with {@code DAMAGED}.
 *
 * <p>{@link #compare} only reads, and is called before a run writes to the folder. {@link #establish} repeats the check
 * under the warehouse lock, and creates an identity for a new warehouse or for one of a version without identities.
 */
public final class IdentityCheck {

    private static final Logger LOG = LoggerFactory.getLogger(IdentityCheck.class);
    private static final int SHOWN_FILES = 3;

    private final ConnectionSource connections;
    private final String database;
    private final Path warehouse;
    private final String forceCode;
    private final Path forceFolder;
    private final @Nullable ErasureCheck erasures;
    private @Nullable String tables;
    private Unfinished allowed = Unfinished.NOTHING;

    /** What may be unfinished, because the command finishes it. */
    private enum Unfinished {
        NOTHING,
        REKEYING,
        ERASURE
    }

    /**
     * A check of one folder and one database.
     *
     * @param jdbcUrl URL of the database for messages, which omit its settings
     * @param warehouse the warehouse folder, which need not exist yet
     * @param forceCode short name of the calling force
     * @param forceFolder the calling force folder
     */
    public IdentityCheck(
            ConnectionSource connections, String jdbcUrl, Path warehouse, String forceCode, Path forceFolder) {
        this(connections, jdbcUrl, warehouse, forceCode, forceFolder, null);
    }

    /**
     * A check that also fails with {@code CONFIGURATION} if the database lacks an erasure.
     *
     * @param list list of erasures; null if none is kept
     */
    public IdentityCheck(
            ConnectionSource connections,
            String jdbcUrl,
            Path warehouse,
            String forceCode,
            Path forceFolder,
            @Nullable ErasureList list) {
        this.erasures = list == null ? null : new ErasureCheck(list, RealPath.of(warehouse));
        this.connections = connections;
        this.database = jdbcUrl.split("[;?]", 2)[0];
        this.warehouse = RealPath.of(warehouse);
        this.forceCode = forceCode;
        this.forceFolder = RealPath.of(forceFolder);
    }

    /**
     * The same check of a warehouse whose tables are in an object store.
     *
     * @param url URL of its tables according to the force folder; null if they are in the warehouse folder
     */
    public IdentityCheck withTables(@Nullable String url) {
        tables = url;
        return this;
    }

    /**
     * Fails unless this force folder may write to this warehouse. Writes nothing.
     *
     * @param adoptsFolder whether a force folder may write although another one wrote last
     */
    public void compare(boolean adoptsFolder) {
        read(connection -> {
            IdentityTable.Row row = compared(connection);
            if (row != null && !adoptsFolder) {
                requireFolder(row.forceFolder());
            }
            return null;
        });
    }

    /** Why folder and database do not form this force's warehouse, for commands that only read; null if they do. */
    public @Nullable FpwException mismatch() {
        try {
            read(this::compared);
            return null;
        } catch (FpwException found) {
            return found;
        }
    }

    /**
     * Like {@link #compare}, and creates an identity if the warehouse has none. The caller holds the warehouse lock.
     *
     * @param adoptsFolder whether a force folder may write although another one wrote last; it is then recorded
     * @param now creation time for a new identity
     */
    public WarehouseIdentity establish(boolean adoptsFolder, Instant now) {
        return Objects.requireNonNull(read(connection -> {
            IdentityTable.Row row = compared(connection);
            if (row == null) {
                return create(connection, now);
            }
            recordForceFolder(connection, row, adoptsFolder);
            if (IdentityFile.read(warehouse) == null) {
                writeFile(row.identity());
            }
            return row.identity();
        }));
    }

    /**
     * Like {@link #compare}, under the warehouse lock, for commands on existing data: creates no identity.
     *
     * @param adoptsFolder whether a force folder may write although another one wrote last; it is then recorded
     */
    public void confirm(boolean adoptsFolder) {
        read(connection -> {
            IdentityTable.Row row = compared(connection);
            if (row != null) {
                recordForceFolder(connection, row, adoptsFolder);
            }
            return null;
        });
    }

    /**
     * Like {@link #confirm}, for the replacement of keys: an interrupted replacement is not a mismatch.
     *
     * @return the identity of the database
     */
    public WarehouseIdentity confirmForRekeying() {
        return confirm(Unfinished.REKEYING);
    }

    /**
     * Like {@link #confirm}, for erasures: an interrupted one is not a mismatch.
     *
     * @return the identity of the database
     */
    public WarehouseIdentity confirmForErasing() {
        return confirm(Unfinished.ERASURE);
    }

    /**
     * The listed erasures that the warehouse lacks; empty if no list is kept, or the warehouse has no identity yet.
     *
     * @throws FpwException with {@code CONFIGURATION} if the list cannot be read, or lacks one that was on it
     */
    public List<ListedErasure> missingErasures() {
        return Objects.requireNonNull(read(connection -> {
            IdentityTable.Row row = IdentityTable.read(connection);
            return erasures == null || row == null ? List.<ListedErasure>of() : erasures.missing(connection, row);
        }));
    }

    /**
     * Fails if the warehouse lacks a listed erasure; nothing else is checked, whatever is unfinished.
     *
     * @throws FpwException as {@link #missingErasures}, and if there is one
     */
    public void requireErasures() {
        read(connection -> {
            IdentityTable.Row row = IdentityTable.read(connection);
            if (erasures != null && row != null) {
                erasures.require(connection, row);
            }
            return null;
        });
    }

    /** The ids by which the list of erasures knows the warehouse: its own, and that of which it is a copy. */
    public Set<UUID> listedAs() {
        return Objects.requireNonNull(read(connection -> {
            IdentityTable.Row row = IdentityTable.read(connection);
            return row == null ? Set.<UUID>of() : ErasureCheck.warehouses(row);
        }));
    }

    private void requireErasures(Connection connection, IdentityTable.Row row) throws SQLException {
        if (erasures != null && allowed == Unfinished.NOTHING) {
            erasures.require(connection, row);
        }
    }

    private WarehouseIdentity confirm(Unfinished finished) {
        allowed = finished;
        return Objects.requireNonNull(read(connection -> {
            IdentityTable.Row row = compared(connection);
            if (row == null) {
                throw refused("the warehouse in " + warehouse + " has no identity yet; a nightly run gives it one. "
                        + "Nothing was written");
            }
            recordForceFolder(connection, row, false);
            return row.identity();
        }));
    }

    private void recordForceFolder(Connection connection, IdentityTable.Row row, boolean adoptsFolder)
            throws SQLException {
        if (row.databaseId().isEmpty()) {
            IdentityTable.recordDatabase(connection);
        }
        if (row.forceFolder().equals(forceFolder)) {
            return;
        }
        if (!adoptsFolder) {
            requireFolder(row.forceFolder());
        }
        IdentityTable.recordForceFolder(connection, forceFolder);
        LOG.info(
                "warehouse {} is now written by force folder {}", row.identity().id(), forceFolder);
    }

    /**
     * Fails unless folder and database still have the identity that this process was given by another one.
     *
     * @param warehouse the warehouse folder
     */
    public static void require(WarehouseIdentity expected, ConnectionSource connections, Path warehouse) {
        WarehouseIdentity inFolder = IdentityFile.read(RealPath.of(warehouse));
        IdentityTable.Row row = read(connections, IdentityTable::read);
        if (!isSame(expected, inFolder) || !isSame(expected, row == null ? null : row.identity())) {
            throw refused("this run was started for warehouse " + expected.id() + " in " + expected.path()
                    + ", but the folder " + warehouse + " is now " + shown(inFolder) + " and its database "
                    + shown(row == null ? null : row.identity())
                    + "; nothing was written. Run again");
        }
    }

    /** An erasure that was killed before the database was switched has already changed the folder. */
    private static boolean isSame(WarehouseIdentity expected, @Nullable WarehouseIdentity found) {
        return found != null && found.withErasures(expected.hasErasures()).equals(expected);
    }

    /**
     * Fails if a folder that is not a warehouse yet contains anything but what a first run leaves when it is killed.
     * Otherwise a run would close {@code /etc} or somebody's home to others, and write into it.
     *
     * @param warehouse the warehouse folder, which need not exist
     * @param database file of an embedded database; null if there is none
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void refuseForeignFolder(Path warehouse, @Nullable Path database) {
        List<String> foreign = TableFolders.foreignFiles(warehouse, database);
        if (!foreign.isEmpty()) {
            throw refused("the folder " + warehouse + " is not a warehouse (it has no "
                    + WarehouseFolder.IDENTITY_FILE + "), and not empty: it contains "
                    + NameList.first(SHOWN_FILES, foreign)
                    + ". Nothing was written. Set an empty folder, or one that does not exist yet (force.yml: "
                    + "storage.warehouse)");
        }
    }

    /** The identity of a database's warehouse; null if it has none yet. */
    public static @Nullable WarehouseIdentity identity(ConnectionSource connections) {
        IdentityTable.Row row = read(connections, IdentityTable::read);
        return row == null ? null : row.identity();
    }

    /**
     * Fails if a warehouse folder has lost its database, instead of starting a new one on top of existing tables.
     *
     * @param database file of an embedded database, or URL
     * @param isThere whether there is a database, but an empty one
     * @throws FpwException with {@code DAMAGED} if it exists and is in the folder itself; otherwise with
     *     {@code CONFIGURATION}, since another database may be intended
     */
    public static void refuseLostDatabase(Path warehouse, String database, boolean isThere) {
        WarehouseIdentity inFolder = IdentityFile.read(warehouse);
        if (inFolder != null || TableFolders.holdData(warehouse)) {
            if (isThere && Path.of(database).startsWith(warehouse)) {
                throw Damage.ofEmptyDatabase(Path.of(database));
            }
            throw refused(
                    "the database " + database + " is " + (isThere ? "empty" : "missing") + ", but its folder contains "
                            + (inFolder == null ? "tables of a warehouse" : "warehouse " + shown(inFolder))
                            + ": a new database would have no record of them. Nothing was written. "
                            + "Restore database and folder from the same backup, or set an empty "
                            + "folder for the force (force.yml: storage.warehouse)");
        }
    }

    /**
     * The identity of the database, if the folder has the same and it belongs to this force. Null if neither has one
     * but they still belong together.
     */
    private IdentityTable.@Nullable Row compared(Connection connection) throws SQLException {
        WarehouseIdentity inFolder = IdentityFile.read(warehouse);
        IdentityTable.Row row = IdentityTable.read(connection);
        WarehouseIdentity inDatabase = row == null ? null : row.identity();
        requireForce("folder " + warehouse, inFolder);
        requireForce("database " + database, inDatabase);
        requireTables(inFolder);
        requireTables(inDatabase);
        Map<String, String> metadataFiles = IdentityTable.metadataFiles(connection);
        if (row == null || inDatabase == null) {
            compareWithoutIdentity(connection, inFolder, metadataFiles);
            return null;
        }
        if (inFolder == null) {
            requireOwnPlace(inDatabase);
            requireFiles(inDatabase, metadataFiles);
            requireErasures(connection, row);
            return row;
        }
        if (inFolder.id().equals(inDatabase.id())) {
            requireOwnPlace(inDatabase);
            requireFinished(inFolder.path().equals(warehouse));
            requireOwnDatabase(connection, row);
            requireSameKeys(connection, inFolder, inDatabase);
            new SameTimeCheck(warehouse, database).require(connection, storage(inDatabase), metadataFiles);
            requireErasures(connection, row);
        } else {
            requireFinished(
                    !inDatabase.path().equals(warehouse) || !inFolder.id().equals(row.relocatedFrom()));
            throw refused("the folder " + warehouse + " is warehouse " + shown(inFolder) + ", but the database "
                    + database + " belongs to warehouse " + shown(inDatabase)
                    + ": two databases that share a folder would delete each other's "
                    + "data. Nothing was written. Set the folder and the database that "
                    + "belong together (force.yml: storage)");
        }
        return row;
    }

    /** Accepts a database without identity only with an empty folder or with the folder of its tables. */
    private void compareWithoutIdentity(
            Connection connection, @Nullable WarehouseIdentity inFolder, Map<String, String> metadataFiles)
            throws SQLException {
        if (metadataFiles.isEmpty()) {
            if (inFolder != null || TableFolders.holdData(warehouse)) {
                Path file = IdentityTable.file(connection);
                if (file != null && file.startsWith(warehouse)) {
                    throw Damage.ofEmptyDatabase(file);
                }
                throw refused("the database " + database + " is empty, but the folder " + warehouse + " contains "
                        + (inFolder == null ? "tables of a warehouse" : "warehouse " + shown(inFolder))
                        + ": the database was lost, or belongs to another warehouse. Nothing "
                        + "was written. Restore database and folder from the same backup, set the right "
                        + "database (force.yml: storage), or set an empty folder for the force");
            }
            return;
        }
        if (inFolder != null) {
            throw refused("the folder " + warehouse + " is warehouse " + shown(inFolder) + ", but the database "
                    + database
                    + " contains the tables of another: two databases that share a folder "
                    + "would delete each other's data. Nothing was written. Set the folder and "
                    + "the database that belong together (force.yml: storage)");
        }
        List<String> differences = TableFolders.differences(
                new LocalStorage(warehouse, new WarehouseFolder(warehouse).data()), metadataFiles);
        if (!differences.isEmpty()) {
            throw refused("the database " + database + " and the folder " + warehouse
                    + " do not belong together; both were created before warehouses had an identity that could be "
                    + "compared:"
                    + lines(differences)
                    + "Nothing was written. Set the folder and the database that belong "
                    + "together, or restore both from the same backup to their original place");
        }
    }

    private void requireForce(String where, @Nullable WarehouseIdentity identity) {
        if (identity != null && !identity.forceCode().equals(forceCode)) {
            throw refused("the " + where + " belongs to force '" + identity.forceCode() + "' (warehouse "
                    + identity.id() + "), but " + forceFolder.resolve("force.yml") + " belongs to force '" + forceCode
                    + "'. Nothing was written. Use a separate warehouse for each force (force.yml: storage)");
        }
    }

    private void requireTables(@Nullable WarehouseIdentity identity) {
        if (identity != null && !Objects.equals(identity.tables(), tables)) {
            throw refused("warehouse " + shown(identity) + " has its tables in "
                    + (identity.tables() == null ? identity.dataFolder() : identity.tables()) + ", but "
                    + forceFolder.resolve("force.yml")
                    + (tables == null ? " has no storage.tables" : " has storage.tables: " + tables)
                    + ". Nothing was written. Tables cannot be moved: restore storage.tables, or set an empty folder "
                    + "for a new warehouse (force.yml: storage.warehouse)");
        }
    }

    private void requireOwnPlace(WarehouseIdentity inDatabase) {
        if (!inDatabase.path().equals(warehouse)) {
            throw refused("warehouse " + shown(inDatabase) + " belongs to " + inDatabase.path() + ", but is used in "
                    + warehouse
                    + ": it was copied, restored or moved, and the paths in its tables still "
                    + "point to the original place. Nothing was written. Run 'fpw relocate' for this "
                    + "force folder once (with --moved if nothing is left in the original place)");
        }
    }

    private void requireOwnDatabase(Connection connection, IdentityTable.Row row) throws SQLException {
        if (IdentityTable.isCopy(connection, row)) {
            throw refused(
                    "the database " + database + " is a copy of the database of warehouse " + shown(row.identity())
                            + " in " + warehouse
                            + ": two databases that share a folder would delete each other's data. "
                            + "Nothing was written. If the original database is gone and this one replaces it, "
                            + "run 'fpw relocate --moved' for this force folder once; otherwise "
                            + "copy the folder too, and set the copy in force.yml: storage.warehouse");
        }
    }

    private void requireSameKeys(Connection connection, WarehouseIdentity inFolder, WarehouseIdentity inDatabase)
            throws SQLException {
        // Replacing keys writes the file in the folder first, so that earlier versions stop from then on.
        boolean isBegun = inFolder.keyFormat() == KeyFormat.BASE32 && inDatabase.keyFormat() == KeyFormat.HEX;
        if (inFolder.keyFormat() != inDatabase.keyFormat() && !(isBegun && allowed == Unfinished.REKEYING)) {
            throw refused("the folder " + warehouse + " has keys in " + inFolder.keyFormat() + ", its database in "
                    + inDatabase.keyFormat() + ". Nothing was written. "
                    + (isBegun ? "If fpw rekey was interrupted, run it again; otherwise restore" : "Restore")
                    + " both from the same backup");
        }
        if (allowed != Unfinished.REKEYING && IdentityTable.isRekeyingUnfinished(connection)) {
            throw refused("the replacement of the keys of the warehouse in " + warehouse
                    + " was interrupted. Nothing was written. Run 'fpw rekey' for this force folder again; it "
                    + "finishes it");
        }
        if (allowed != Unfinished.ERASURE && IdentityTable.isErasureUnfinished(connection)) {
            throw refused("an erasure from the warehouse in " + warehouse + " was interrupted. Nothing was written. "
                    + "Run 'fpw erase --finish' for this force folder; it finishes it");
        }
    }

    private void requireFinished(boolean isFinished) {
        if (!isFinished) {
            throw refused("the relocation of the warehouse in " + warehouse
                    + " was interrupted. Nothing was written. Run 'fpw relocate' for this force "
                    + "folder again; it finishes the relocation");
        }
    }

    private void requireFiles(WarehouseIdentity inDatabase, Map<String, String> metadataFiles) {
        List<String> differences = TableFolders.differences(storage(inDatabase), metadataFiles);
        if (!differences.isEmpty()) {
            throw refused("the folder " + warehouse + " has no " + WarehouseFolder.IDENTITY_FILE
                    + " and is not that of warehouse "
                    + shown(inDatabase) + ", whose database is " + database + ":" + lines(differences)
                    + "Nothing was written. Mount the disk of the warehouse, or restore the folder from its backup");
        }
    }

    private static TableStorage storage(WarehouseIdentity identity) {
        return identity.tables() == null
                ? new LocalStorage(identity.path(), identity.dataFolder())
                : ObjectStores.storage(identity).listed();
    }

    private void requireFolder(Path allowed) {
        if (!allowed.equals(forceFolder)) {
            throw refused("the warehouse " + warehouse + " was last written by force folder " + allowed
                    + ", and this is " + forceFolder
                    + ". Nothing was written. If this folder is a copy, its force.yml "
                    + "still refers to the warehouse of the original: set a separate one "
                    + "(storage.warehouse). If this folder is to write to the warehouse from now "
                    + "on, run once with --adopt-folder");
        }
    }

    private WarehouseIdentity create(Connection connection, Instant now) throws SQLException {
        boolean isOlder = !IdentityTable.metadataFiles(connection).isEmpty();
        WarehouseIdentity identity =
                WarehouseIdentity.create(forceCode, warehouse, isOlder, now).in(tables);
        if (tables != null) {
            // Before anything refers to it: it may be out of reach or refused.
            ObjectStores.storage(identity).tableFolders();
        }
        // The database first: the next run completes a row without a file, but a file without a row would look like a
        // lost database.
        IdentityTable.insert(connection, identity, forceFolder);
        DurableCommit.sync(connection);
        try {
            writeFile(identity);
        } catch (FpwException failed) {
            IdentityTable.delete(connection, identity.id());
            throw failed;
        }
        LOG.info("{} is warehouse {} of force {}", warehouse, identity.id(), forceCode);
        return identity;
    }

    private void writeFile(WarehouseIdentity identity) {
        if (!IdentityFile.create(identity)) {
            throw refused("another process made " + warehouse + " its warehouse at the same time: "
                    + shown(IdentityFile.read(warehouse))
                    + ". Nothing was written. Set the folder and the database that "
                    + "belong together (force.yml: storage)");
        }
    }

    private <T> @Nullable T read(Reading<T> reading) {
        return read(connections, reading);
    }

    private static <T> @Nullable T read(ConnectionSource connections, Reading<T> reading) {
        try (Connection connection = connections.open()) {
            return reading.of(connection);
        } catch (SQLException failed) {
            throw new FpwException(
                    ExitCode.UNAVAILABLE,
                    "the identity of the warehouse cannot be read from its database: " + DatabaseErrors.reason(failed)
                            + "; check that the database responds, and try again",
                    failed);
        }
    }

    static String lines(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(System.lineSeparator()).append("  ").append(line));
        return text.append(System.lineSeparator()).toString();
    }

    static String shown(@Nullable WarehouseIdentity identity) {
        return identity == null ? "none known" : identity.id() + " (force " + identity.forceCode() + ")";
    }

    static FpwException refused(String message) {
        return new FpwException(ExitCode.CONFIGURATION, message);
    }

    @FunctionalInterface
    private interface Reading<T> {
        @Nullable
        T of(Connection connection) throws SQLException;
    }
}
