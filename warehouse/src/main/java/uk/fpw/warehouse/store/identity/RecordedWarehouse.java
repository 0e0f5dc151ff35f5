package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.store.files.LocalStorage;

/**
 * A warehouse as described by a database, which may be a copy.
 *
 * @param metadata metadata location of each table, by name such as {@code raw.requests}
 * @param files all files that its tables refer to, in all snapshots
 */
public record RecordedWarehouse(WarehouseIdentity identity, Map<String, String> metadata, Set<Path> files) {

    /**
     * Reads the description, including the table metadata in the warehouse folder.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if the database has no identity, or
     *     tables outside the folder of the warehouse
     */
    public static RecordedWarehouse read(Connection connection) throws SQLException {
        IdentityTable.Row row = IdentityTable.read(connection);
        if (row == null) {
            throw IdentityCheck.refused("the database has no warehouse identity yet: it comes from a version without "
                    + "identities, or its first run did not get that far; the next nightly run gives it one");
        }
        Path data = row.identity().dataFolder();
        Set<Path> files = new TreeSet<>();
        Map<String, String> metadata = IdentityTable.metadataFiles(connection);
        for (String location : metadata.values()) {
            try {
                TableRelocation.files(location).stream().map(LocalStorage::file).forEach(files::add);
            } catch (IOException failed) {
                throw new UncheckedIOException("cannot read " + location + ": " + failed.getMessage(), failed);
            }
        }
        for (Path file : files) {
            if (!file.startsWith(data)) {
                throw IdentityCheck.refused(file + " is not in " + data + ", where the tables of warehouse "
                        + row.identity().id() + " are; run fpw relocate");
            }
        }
        return new RecordedWarehouse(row.identity(), metadata, files);
    }
}
