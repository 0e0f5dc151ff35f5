package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.store.lock.LockGuard;

/** What the replacement of the keys of a warehouse changes in its identity and its catalog. Under the lock. */
public final class KeySwitch {

    private KeySwitch() {}

    /** The metadata file of each table of the catalog, by its qualified name. */
    public static Map<String, String> metadataFiles(Connection connection) throws SQLException {
        return IdentityTable.metadataFiles(connection);
    }

    /** Whether the database was switched, and files of the folder do not follow yet. */
    public static boolean isUnfinished(Connection connection) throws SQLException {
        return IdentityTable.isRekeyingUnfinished(connection);
    }

    /** Writes the format of the keys to the folder: from now on earlier versions stop. */
    public static WarehouseIdentity announce(WarehouseIdentity identity) {
        WarehouseIdentity announced = new WarehouseIdentity(
                identity.id(),
                identity.forceCode(),
                identity.path(),
                identity.dataPrefix(),
                KeyFormat.BASE32,
                identity.createdAt());
        IdentityFile.replace(announced);
        return announced;
    }

    /**
     * Switches tables to other metadata, in a transaction, and the warehouse to the format of new keys.
     *
     * @param metadata new locations by the name of each table that has one
     * @param before the locations that the tables had when the new ones were written
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
        IdentityTable.setKeyFormat(transaction, KeyFormat.BASE32);
    }

    /** Deletes metadata that the catalog does not name any more: what they name has other keys. */
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
}
