package uk.fpw.warehouse.store.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.testing.TestDatabase;

/** An embedded database and a folder of the same warehouse, of which only one was copied or restored. */
@Tag("thorough")
class RestoredDatabaseIT {

    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
    private static final Schema SCHEMA = new Schema(Types.NestedField.optional(1, "n", Types.LongType.get()));

    /** The path may be very long. */
    private static final String DATABASE = "database-" + "in-a-folder-".repeat(15);

    @TempDir
    private Path folder;

    private Path warehouse;
    private Path kent;
    private TestDatabase database;
    private WarehouseIdentity first;

    @BeforeEach
    void oneTable() throws Exception {
        folder = folder.toRealPath();
        warehouse = folder.resolve("var/kent");
        kent = Files.createDirectories(folder.resolve("forces/kent"));
        database = TestDatabase.embedded(Files.createDirectories(folder.resolve(DATABASE)));
        database.baseline("V0054__add_key_format");
        first = check(database).establish(false, NOW);
        try (WarehouseCatalog catalog = catalog()) {
            catalog.create("raw.devices", SCHEMA, PartitionSpec.unpartitioned(), Map.of());
        }
    }

    @Test
    void copyOfTheDatabaseOverTheSameFolderIsRefused() throws Exception {
        Path copied = Files.createDirectories(folder.resolve("copied"));
        Files.copy(folder.resolve(DATABASE).resolve("fpw.mv.db"), copied.resolve("fpw.mv.db"));
        TestDatabase copy = TestDatabase.embedded(copied);
        String message = "the database " + shown(copy) + " is a copy of the database of warehouse " + first.id()
                + " (force kent) in " + warehouse
                + ": two databases that share a folder would delete each other's data. Nothing was "
                + "written. If the original database is gone and this one replaces it, run 'fpw relocate --moved' "
                + "for this force folder once; otherwise copy the folder too, and "
                + "set the copy in force.yml: storage.warehouse";
        assertRefused(() -> check(copy).compare(false), message);
        assertRefused(() -> check(copy).establish(true, NOW), message);

        Relocation.Outcome outcome =
                new Relocation(copy::open, copy.url(), warehouse, "kent", kent, () -> {}).run(true, NOW);
        assertThat(outcome).isEqualTo(new Relocation.Outcome(first, warehouse, 0, false));
        check(copy).establish(false, NOW);
    }

    /** Rows of earlier versions do not identify the embedded database. */
    @Test
    void embeddedDatabaseThatIsNotNamedYetIsTakenForTheFirst() throws Exception {
        database.execute("update ops.warehouse set database_id = ''");
        check(database).compare(false);
        check(database).establish(false, NOW);
        assertThat(database.query("select database_id from ops.warehouse"))
                .containsExactly(folder.resolve(DATABASE).resolve("fpw.mv.db").toString());
    }

    @Test
    void olderDatabaseOverANewerFolderIsRefused() throws Exception {
        String location = metadataFile();
        commit();
        setMetadataFile(location);
        // Left by a run that was killed between writing file and database.
        check(database).establish(false, NOW);
        commit();
        commit();
        setMetadataFile(location);
        String difference = "raw.devices: its folder contains version 2, but the database has 0";
        assertDamaged(() -> check(database).compare(false), difference);
        assertDamaged(() -> check(database).establish(true, NOW), difference);
    }

    @Test
    void newerDatabaseOverAnOlderFolderIsRefused() throws Exception {
        commit();
        Path first = LocalStorage.file(metadataFile());
        commit();
        Path file = LocalStorage.file(metadataFile());
        Files.delete(file);
        // A single missing file means that its table is damaged, which its readers report.
        check(database).compare(false);
        Files.delete(first);
        assertDamaged(
                () -> check(database).compare(false),
                "raw.devices: " + file + " is missing, although it is in the database");
    }

    /** The pointer is written after the database, so a killed run leaves it behind the database, never ahead. */
    @Test
    void databaseWithoutTheReleaseThatReadersAreSentToIsRefused() throws Exception {
        Path releases = Files.createDirectories(warehouse.resolve("releases"));
        Files.writeString(releases.resolve("current"), "2026-11-24.1\n");
        Files.createDirectory(releases.resolve("2026-11-24.1"));
        Files.writeString(releases.resolve("2026-11-24.1/release.json"), "{}");
        // as after ops was rebuilt from the loads
        check(database).compare(false);

        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('2026-11-23.1', '', date '2026-11-23', current_timestamp, '', "
                + "'', '')");
        assertDamaged(
                () -> check(database).compare(false),
                "release 2026-11-24.1 is current in the folder, but not in the database");
        // The pointer file itself may be damaged.
        Files.writeString(releases.resolve("current"), "2026-12-24.1\n");
        check(database).compare(false);
        Files.writeString(releases.resolve("current"), "2026-11-23.1\n");
        check(database).compare(false);
    }

    /** Creates another version of the table. */
    private void commit() {
        try (WarehouseCatalog catalog = catalog()) {
            catalog.load("raw.devices")
                    .updateProperties()
                    .set("changed", UUID.randomUUID().toString())
                    .commit();
        }
    }

    private String metadataFile() throws SQLException {
        return database.query("select metadata_location from iceberg_tables").get(0);
    }

    private void setMetadataFile(String location) throws SQLException {
        database.execute("update iceberg_tables set metadata_location = '" + location + "'");
    }

    private WarehouseCatalog catalog() {
        return WarehouseCatalog.open(database.url(), database.user(), database.password(), warehouse);
    }

    private IdentityCheck check(TestDatabase of) {
        return new IdentityCheck(of::open, of.url(), warehouse, "kent", kent);
    }

    private void assertDamaged(ThrowingCallable attempt, String difference) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.DAMAGED))
                .hasMessage("the folder " + warehouse + " and the database "
                        + folder.resolve(DATABASE).resolve("fpw.mv.db")
                        + " are not from the same time: the file of the database is damaged, or one of them was "
                        + "restored from a backup without the other:\n  " + difference + "\nNothing was "
                        + "written. Restore database and folder from the same backup; until then releases can be "
                        + "queried without the database: fpw query --warehouse DIR");
    }

    private static void assertRefused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(message);
    }

    private static String shown(TestDatabase of) {
        return of.url().split("[;?]", 2)[0];
    }
}
