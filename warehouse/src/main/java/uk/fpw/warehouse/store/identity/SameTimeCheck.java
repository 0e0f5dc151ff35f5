package uk.fpw.warehouse.store.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.TableStorage;

/**
 * Checks that a folder and a database of the same warehouse are from the same time. An older database would refer to
 * files deleted since, and would let newer files be deleted as orphans; an older folder would lack files. This happens
 * when one was restored without the other, and when the file of an embedded database was truncated, because H2 then
 * opens an earlier state if it finds one.
 *
 * @param warehouse the warehouse folder with links resolved
 * @param database name of the database for messages, unless it is embedded
 */
record SameTimeCheck(Path warehouse, String database) {

    /**
     * Fails with {@code DAMAGED} if they are not from the same time.
     *
     * @param storage the files of the tables
     * @param metadataFiles location of the current metadata file of each table in the catalog
     */
    void require(Connection connection, TableStorage storage, Map<String, String> metadataFiles) throws SQLException {
        Map<String, String> known = metadataFiles;
        while (true) {
            List<String> differences = new ArrayList<>(TableFolders.otherStates(storage, known));
            // The release that the pointer names was committed and synced before the pointer was written.
            ReleaseId pointed = pointed();
            if (pointed != null && IdentityTable.isMissing(connection, pointed)) {
                differences.add("release " + pointed + " is current in the folder, but not in the database");
            }
            if (differences.isEmpty()) {
                return;
            }
            // Check again, because a run may have committed between the two reads.
            Map<String, String> again = IdentityTable.metadataFiles(connection);
            if (again.equals(known)) {
                Path file = IdentityTable.file(connection);
                throw new FpwException(
                        ExitCode.DAMAGED,
                        "the folder " + warehouse + " and the database " + (file == null ? database : file)
                                + " are not from the same time: "
                                + (file == null ? "" : "the file of the database is damaged, or ")
                                + "one of them was restored from a backup without the other:"
                                + IdentityCheck.lines(differences)
                                + "Nothing was written. Restore database and folder from the same backup; until then "
                                + "releases can be queried without the database: fpw query --warehouse DIR");
            }
            known = again;
        }
    }

    /** The release that the pointer file names; null if there is none. */
    private @Nullable ReleaseId pointed() {
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        try {
            ReleaseId pointed = ReleaseId.parse(Files.readString(folder.currentRelease(), StandardCharsets.ISO_8859_1)
                    .strip());
            return pointed != null && Files.exists(folder.release(pointed).releaseFile()) ? pointed : null;
        } catch (IOException none) {
            return null;
        }
    }
}
