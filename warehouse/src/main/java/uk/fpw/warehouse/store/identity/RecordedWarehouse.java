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

/**
 * A warehouse as a database describes it, which may be the copy of another.
 *
 * @param metadata location of the metadata of each table, by name such as {@code raw.requests}
 * @param files every file that its tables lead to, in every snapshot that there is
 */
public record RecordedWarehouse(WarehouseIdentity identity, Map<String, String> metadata, Set<Path> files) {

    /**
     * Reads it, with the metadata of its tables in the warehouse folder.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if the database has no identity, or
     *     tables outside the folder of the warehouse
     */
    public static RecordedWarehouse read(Connection connection) throws SQLException {
        IdentityTable.Row row = IdentityTable.read(connection);
        if (row == null) {
            throw IdentityCheck.refused("the database has no identity of a warehouse yet: it is of a version without "
                    + "identities, or its first run did not come so far; the next nightly run gives it one");
        }
        Path data = row.identity().dataFolder();
        Set<Path> files = new TreeSet<>();
        Map<String, String> metadata = IdentityTable.metadataFiles(connection);
        for (String location : metadata.values()) {
            try {
                TableRelocation.files(location).stream().map(TableFolders::file).forEach(files::add);
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
