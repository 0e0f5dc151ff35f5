package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Switches identity and catalog of a warehouse to tables with other keys or fewer rows. The caller holds the warehouse
 * lock.
 */
public final class KeySwitch {

    private KeySwitch() {}

    /** The metadata file of each table in the catalog, by qualified name. */
    public static Map<String, String> metadataFiles(Connection connection) throws SQLException {
        return IdentityTable.metadataFiles(connection);
    }

    /** Whether the database was switched but some files of the folder were not. */
    public static boolean isUnfinished(Connection connection) throws SQLException {
        return IdentityTable.isRekeyingUnfinished(connection);
    }

    /** Writes the key format to the folder; from then on earlier versions stop. */
    public static WarehouseIdentity announce(WarehouseIdentity identity) {
        return replaced(identity.with(KeyFormat.BASE32));
    }

    /** Writes to the folder that rows were erased; from then on earlier versions stop. */
    public static WarehouseIdentity announceErasures(WarehouseIdentity identity) {
        return replaced(identity.withErasures(true));
    }

    private static WarehouseIdentity replaced(WarehouseIdentity announced) {
        IdentityFile.replace(announced);
        return announced;
    }

    /**
     * Within a transaction, switches tables to other metadata.
     *
     * @param metadata new locations by table name
     * @param before locations at the time the new metadata was written
     */
    public static void apply(Connection transaction, Map<String, String> metadata, Map<String, String> before)
            throws SQLException {
        for (Map.Entry<String, String> table : metadata.entrySet()) {
            String old = before.get(table.getKey());
            if (old == null) {
                throw new IllegalStateException("the catalog had no table " + table.getKey());
            }
            IdentityTable.setMetadataFile(transaction, table.getKey(), old, table.getValue());
        }
    }

    /** Within a transaction, records that keys have the new format. */
    public static void recordKeyFormat(Connection transaction) throws SQLException {
        IdentityTable.setKeyFormat(transaction, KeyFormat.BASE32);
    }

    /** Deletes metadata that is no longer in the catalog; it leads to files with the old keys or rows. */
    public static void deleteOldMetadata(Connection connection, WarehouseIdentity identity, LockGuard guard)
            throws SQLException {
        for (Map.Entry<String, String> table :
                IdentityTable.metadataFiles(connection).entrySet()) {
            guard.check();
            try {
                TableRelocation.deleteOldMetadata(identity.dataFolder(), table.getKey(), table.getValue());
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        "the old metadata of " + table.getKey() + " could not be deleted", failed);
            }
        }
    }

    /** Deletes every file of the tables to which the catalog does not lead. */
    public static void deleteUnreferencedFiles(Connection connection, WarehouseIdentity identity, LockGuard guard)
            throws SQLException {
        for (Map.Entry<String, String> table :
                IdentityTable.metadataFiles(connection).entrySet()) {
            guard.check();
            try {
                TableRelocation.deleteUnreferenced(identity.dataFolder(), table.getKey(), table.getValue());
            } catch (IOException failed) {
                throw new UncheckedIOException("the old files of " + table.getKey() + " could not be deleted", failed);
            }
        }
    }
}
