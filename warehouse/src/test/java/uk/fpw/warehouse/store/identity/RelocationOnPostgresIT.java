package uk.fpw.warehouse.store.identity;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/** The database is restored from {@code pg_dump} under another name on the same server. */
@Tag("thorough")
class RelocationOnPostgresIT extends RelocationIT {

    @Override
    TestDatabase databaseOf(Path warehouse) {
        return TestDatabase.postgres();
    }

    @Override
    void copyDatabase(TestDatabase source, TestDatabase target) throws SQLException {
        PostgresServer.running().restore(source, target);
    }

    @Test
    void folderThatWasCopiedWithoutItsDatabaseIsRefused() throws Exception {
        Path copy = original().resolveSibling("restored");
        copyFolder(original(), copy);
        UUID id = Objects.requireNonNull(IdentityFile.read(original())).id();
        assertRefused(
                () -> relocation(database(), copy, () -> {}).run(false, Instant.EPOCH),
                "the database " + database().url() + " still belongs to warehouse " + id + " (force kent) in "
                        + original()
                        + ": a copy of the folder needs a copy of the database too. Restore the "
                        + "database under another name (pg_dump, pg_restore), set it in force.yml: storage.database, "
                        + "and run fpw relocate again");
    }

    @Test
    void restoredDatabaseOverTheFirstFolderIsRefusedUntilItTakesTheFirstOnesPlace() throws Exception {
        TestDatabase restored = TestDatabase.postgres();
        copyDatabase(database(), restored);
        WarehouseIdentity first = Objects.requireNonNull(IdentityFile.read(original()));
        assertRefused(
                () -> check(restored, original()).compare(false),
                "the database " + restored.url() + " is a copy of the database of warehouse " + first.id()
                        + " (force kent) in " + original()
                        + ": two databases that share a folder would delete each other's data. Nothing "
                        + "was written. If the original database is gone and this one replaces it, run 'fpw "
                        + "relocate --moved' for this force folder once; otherwise copy "
                        + "the folder too, and set the copy in force.yml: storage.warehouse");
        assertRefused(
                () -> relocation(restored, original(), () -> {}).run(false, Instant.EPOCH),
                "the folder " + original() + " still belongs to the database of which " + restored.url()
                        + " is a copy: a copy of the database needs a copy of the folder too. "
                        + "Copy it and set the copy in force.yml: storage.warehouse; or, if the original "
                        + "database is gone and this one replaces it, use --moved");

        relocation(restored, original(), () -> {}).run(true, Instant.EPOCH);

        check(restored, original()).compare(false);
    }
}
