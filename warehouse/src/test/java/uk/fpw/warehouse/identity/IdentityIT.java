package uk.fpw.warehouse.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

/** Folder and database of a warehouse, whole and mixed up. Each refusal leaves both as they were. */
class IdentityIT {

    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00.123456Z");
    private static final Schema SCHEMA = new Schema(Types.NestedField.optional(1, "n", Types.LongType.get()));

    @TempDir
    private Path folder;

    private Path warehouse;
    private Path kent;
    private TestDatabase database;

    TestDatabase newDatabase(String name) {
        return TestDatabase.embedded(folder.resolve(name));
    }

    @BeforeEach
    void migrated() throws Exception {
        folder = folder.toRealPath();
        warehouse = folder.resolve("var/kent");
        kent = Files.createDirectories(folder.resolve("forces/kent"));
        database = migrated("database");
    }

    @Test
    void newWarehouseGetsAnIdentityInFolderAndDatabaseAndKeepsIt() throws Exception {
        WarehouseIdentity made = check(kent).establish(false, NOW);

        assertThat(made)
                .isEqualTo(new WarehouseIdentity(
                        made.id(), "kent", warehouse, "data/" + made.id(), Instant.parse("2026-11-25T02:00:00.123Z")));
        assertThat(IdentityFile.read(warehouse)).isEqualTo(made);
        assertThat(database.query("select only_row, warehouse_id, force_code, real_path, data_prefix, force_folder, "
                        + "relocated_from from ops.warehouse"))
                .containsExactly("1 | " + made.id() + " | kent | " + warehouse + " | data/" + made.id() + " | " + kent
                        + " | null");
        assertThat(check(kent).establish(false, Instant.EPOCH)).isEqualTo(made);
        check(kent).compare(false);
        IdentityCheck.require(made, database::open, warehouse);
        try (WarehouseCatalog catalog = catalog(database)) {
            assertThat(catalog.create("raw.devices", SCHEMA, PartitionSpec.unpartitioned(), Map.of())
                            .location())
                    .isEqualTo("file://" + warehouse + "/data/" + made.id() + "/raw/devices");
        }
        check(kent).establish(false, NOW);
    }

    @Test
    void secondDatabaseOverAFolderIsRefused() throws Exception {
        WarehouseIdentity first = established();
        TestDatabase second = migrated("second");
        assertRefused(
                () -> check(second, warehouse, kent).compare(false),
                "the database " + shown(second) + " is empty, but the folder " + warehouse + " contains warehouse "
                        + first.id()
                        + " (force kent): the database was lost, or belongs to another warehouse. "
                        + "Nothing was written. Restore database and folder from the same backup, set the right "
                        + "database (force.yml: storage), or set an empty folder for the force");

        WarehouseIdentity other =
                check(second, folder.resolve("var/other"), kent).establish(false, NOW);
        assertRefused(
                () -> check(second, warehouse, kent).establish(true, NOW),
                "the folder " + warehouse + " is warehouse " + first.id() + " (force kent), but the database "
                        + shown(second) + " belongs to warehouse " + other.id()
                        + " (force kent): two databases that share a folder would delete each "
                        + "other's data. Nothing was written. Set the folder and the database that "
                        + "belong together (force.yml: storage)");
    }

    @Test
    void databaseOfAnOlderWarehouseOverTheFolderOfAnotherIsRefused() throws Exception {
        WarehouseIdentity first = established();
        TestDatabase second = migrated("second");
        try (WarehouseCatalog catalog =
                WarehouseCatalog.open(second.url(), second.user(), second.password(), folder.resolve("var/other"))) {
            table(catalog, "raw.devices");
        }
        assertRefused(
                () -> check(second, warehouse, kent).establish(true, NOW),
                "the folder " + warehouse + " is warehouse " + first.id() + " (force kent), but the database "
                        + shown(second)
                        + " contains the tables of another: two databases that share a folder "
                        + "would delete each other's data. Nothing was written. Set the folder and the database "
                        + "that belong together (force.yml: storage)");
    }

    @Test
    void lostDatabaseIsNotReplacedByAnEmptyOne() throws Exception {
        WarehouseIdentity first = established();
        Path file = warehouse.resolve("fpw.mv.db");
        assertRefused(
                () -> IdentityCheck.refuseLostDatabase(warehouse, file.toString(), false),
                "the database " + file + " is missing, but its folder contains warehouse " + first.id()
                        + " (force kent): a new database would have no record of them. Nothing was "
                        + "written. Restore database and folder from the same backup, or set an empty folder "
                        + "for the force (force.yml: storage.warehouse)");

        Files.delete(warehouse.resolve("warehouse.json"));
        assertRefused(
                () -> IdentityCheck.refuseLostDatabase(warehouse, file.toString(), false),
                "the database " + file
                        + " is missing, but its folder contains tables of a warehouse: a new database would "
                        + "have no record of them. Nothing was written. Restore database and "
                        + "folder from the same backup, or set an empty folder for the force "
                        + "(force.yml: storage.warehouse)");
        TestDatabase empty = migrated("empty");
        assertRefused(
                () -> check(empty, warehouse, kent).establish(false, NOW),
                "the database " + shown(empty) + " is empty, but the folder " + warehouse
                        + " contains tables of a warehouse: the database was lost, or belongs to another "
                        + "warehouse. Nothing was written. Restore database and folder from the same backup, set "
                        + "the right database (force.yml: storage), or set an empty folder for the force");
        IdentityCheck.refuseLostDatabase(folder.resolve("var/new"), "var/new/fpw.mv.db", false);
    }

    @Test
    void copiedForceFolderIsStoppedOnceAndLetInByAdopting() throws Exception {
        established();
        Path copy = Files.createDirectories(folder.resolve("forces/kent-copy"));
        String message = "the warehouse " + warehouse + " was last written by force folder " + kent + ", and this is "
                + copy
                + ". Nothing was written. If this folder is a copy, its force.yml still refers to the "
                + "warehouse of the original: set a separate one (storage.warehouse). If this folder is to write "
                + "to the warehouse from now on, run once with --adopt-folder";
        assertRefused(() -> check(copy).compare(false), message);
        assertRefused(() -> check(copy).establish(false, NOW), message);
        assertRefused(() -> check(copy).confirm(false), message);
        assertThat(check(copy).mismatch()).isNull();

        check(copy).compare(true);
        check(copy).establish(true, NOW);
        check(copy).establish(false, NOW);
        assertThat(database.query("select force_folder from ops.warehouse")).containsExactly(copy.toString());
        assertThatThrownBy(() -> check(kent).establish(false, NOW)).isInstanceOf(FpwException.class);
        check(kent).confirm(true);
        check(kent).establish(false, NOW);
    }

    @Test
    void anotherForceIsRefusedAdoptedOrNot() throws Exception {
        WarehouseIdentity first = established();
        IdentityCheck surrey = new IdentityCheck(database::open, database.url(), warehouse, "surrey", kent);
        String message = "the folder " + warehouse + " belongs to force 'kent' (warehouse " + first.id() + "), but "
                + kent.resolve("force.yml")
                + " belongs to force 'surrey'. Nothing was written. Use a separate warehouse for "
                + "each force (force.yml: storage)";
        assertRefused(() -> surrey.compare(true), message);
        assertThat(surrey.mismatch()).isEqualTo(message);
    }

    @Test
    void copiedOrRestoredWarehouseIsRefusedUntilItIsRelocated() throws Exception {
        WarehouseIdentity first = established();
        Path copy = folder.resolve("var/restored");
        copy(warehouse, copy);
        assertRefused(
                () -> check(database, copy, kent).establish(true, NOW),
                "warehouse " + first.id() + " (force kent) belongs to " + warehouse + ", but is used in " + copy
                        + ": it was copied, restored or moved, and the paths in its tables still "
                        + "point to the original place. Nothing was written. Run 'fpw relocate' for this force "
                        + "folder once (with --moved if nothing is left in the original place)");
    }

    @Test
    void samePlaceByALinkOrARelativePathIsTheSame() throws Exception {
        WarehouseIdentity first = established();
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("var"));
        assertThat(check(database, link.resolve("kent"), kent).establish(false, NOW))
                .isEqualTo(first);
        Path relative = Path.of("").toAbsolutePath().relativize(folder.resolve("forces/../var/kent"));
        assertThat(check(database, relative, link.resolve("../forces/kent")).establish(false, NOW))
                .isEqualTo(first);
    }

    @Test
    void folderThatLostItsIdentityGetsItBackOnlyIfItsTablesAreThere() throws Exception {
        WarehouseIdentity first = established();
        Files.delete(warehouse.resolve("warehouse.json"));
        assertThat(check(kent).establish(false, NOW)).isEqualTo(first);
        assertThat(IdentityFile.read(warehouse)).isEqualTo(first);

        // As if its disk were not mounted.
        Files.move(warehouse, folder.resolve("var/elsewhere"));
        Path metadata = TableFolders.file(
                database.query("select metadata_location from iceberg_tables").get(0));
        assertRefused(
                () -> check(kent).establish(false, NOW),
                "the folder " + warehouse + " has no warehouse.json and is not that of warehouse " + first.id()
                        + " (force kent), whose database is " + shown(database) + ":" + System.lineSeparator()
                        + "  raw.devices: " + metadata + " is missing" + System.lineSeparator()
                        + "Nothing was written. Mount the disk of the warehouse, or restore the folder from its "
                        + "backup");
    }

    @Test
    void warehouseOlderThanIdentitiesIsAdoptedWhereItIsAndKeepsItsFolderOfData() throws Exception {
        olderWarehouse();
        check(kent).compare(false);
        check(kent).confirm(false);
        assertThat(IdentityFile.read(warehouse)).isNull();

        WarehouseIdentity adopted = check(kent).establish(false, NOW);

        assertThat(adopted.dataPrefix()).isEqualTo("data");
        assertThat(check(kent).establish(false, NOW)).isEqualTo(adopted);
        try (WarehouseCatalog catalog = catalog(database)) {
            assertThat(catalog.create("core.event", SCHEMA, PartitionSpec.unpartitioned(), Map.of())
                            .location())
                    .isEqualTo("file://" + warehouse + "/data/core/event");
        }
    }

    @Test
    void warehouseOlderThanIdentitiesWhoseFilesAreNotThoseOfTheCatalogIsRefused() throws Exception {
        olderWarehouse();
        Path missing = TableFolders.file(
                database.query("select metadata_location from iceberg_tables").get(0));
        Path unknown = Files.createDirectories(warehouse.resolve("data/raw/of_another/data"));
        Files.writeString(unknown.resolve("a.parquet"), "x");
        Files.delete(missing);
        assertRefused(
                () -> check(kent).establish(true, NOW),
                "the database " + shown(database) + " and the folder " + warehouse
                        + " do not belong together; both were created before warehouses had an identity that could be "
                        + "compared:"
                        + System.lineSeparator() + "  raw.devices: " + missing + " is missing" + System.lineSeparator()
                        + "  " + warehouse.resolve("data/raw/of_another")
                        + " contains a table that is not in the database" + System.lineSeparator()
                        + "Nothing was written. Set the folder and the database that belong together, "
                        + "or restore both from the same backup to their original place");
        assertRefused(
                () -> check(database, folder.resolve("var/empty"), kent).establish(true, NOW),
                "the database " + shown(database) + " and the folder " + folder.resolve("var/empty")
                        + " do not belong together; both were created before warehouses had an identity that could be "
                        + "compared:"
                        + System.lineSeparator() + "  raw.devices: according to the database, its files are in "
                        + missing.getParent() + System.lineSeparator()
                        + "Nothing was written. Set the folder and the database that belong together, "
                        + "or restore both from the same backup to their original place");
    }

    @Test
    void processKilledBetweenDatabaseAndFolderIsCompletedByTheNext() throws Exception {
        WarehouseIdentity made = check(kent).establish(false, NOW);
        Files.delete(warehouse.resolve("warehouse.json"));
        assertThat(check(kent).establish(false, NOW)).isEqualTo(made);
        assertThat(IdentityFile.read(warehouse)).isEqualTo(made);
    }

    @Test
    void ofTwoDatabasesThatTakeAFolderAtOnceOneIsRejectedAndForgetsIt() throws Exception {
        UUID other = UUID.randomUUID();
        WarehouseIdentity first =
                new WarehouseIdentity(other, "kent", warehouse, "data/" + other, Instant.parse("2026-11-25T02:00:00Z"));
        assertThat(IdentityFile.create(first)).isTrue();
        assertThat(IdentityFile.create(new WarehouseIdentity(
                        UUID.randomUUID(), "kent", warehouse, "data", Instant.parse("2026-11-25T02:00:00Z"))))
                .isFalse();
        assertThat(IdentityFile.read(warehouse)).isEqualTo(first);
        assertThatThrownBy(() -> check(kent).establish(false, NOW)).isInstanceOf(FpwException.class);
        assertThat(database.query("select count(*) from ops.warehouse")).containsExactly("0");
    }

    @Test
    void processThatWasToldAnIdentityWritesToNoOther() throws Exception {
        WarehouseIdentity first = established();
        WarehouseIdentity other = new WarehouseIdentity(
                UUID.randomUUID(), "kent", warehouse, first.dataPrefix(), Instant.parse("2026-11-25T02:00:00Z"));
        assertRefused(
                () -> IdentityCheck.require(other, database::open, warehouse),
                "this run was started for warehouse " + other.id() + " in " + warehouse + ", but the folder "
                        + warehouse
                        + " is now " + first.id() + " (force kent) and its database " + first.id()
                        + " (force kent); nothing was written. Run again");
    }

    @Test
    void databaseOfAnyAgeCanBeComparedAndNothingIsMadeInIt() throws Exception {
        TestDatabase bare = newDatabase("bare");
        IdentityCheck check = check(bare, warehouse, kent);
        check.compare(false);
        check.confirm(false);
        assertThat(check.mismatch()).isNull();
        assertThat(bare.query("select count(*) from information_schema.tables where table_name = 'warehouse'"))
                .containsExactly("0");
        assertThat(warehouse).doesNotExist();
    }

    /** A warehouse with an identity and one table. */
    private WarehouseIdentity established() throws Exception {
        WarehouseIdentity identity = check(kent).establish(false, NOW);
        try (WarehouseCatalog catalog = catalog(database)) {
            table(catalog, "raw.devices");
        }
        return identity;
    }

    private void olderWarehouse() throws Exception {
        try (WarehouseCatalog catalog = catalog(database)) {
            table(catalog, "raw.devices");
        }
    }

    private static void table(WarehouseCatalog catalog, String name) {
        catalog.create(name, SCHEMA, PartitionSpec.unpartitioned(), Map.of());
    }

    private WarehouseCatalog catalog(TestDatabase database) {
        return WarehouseCatalog.open(database.url(), database.user(), database.password(), warehouse);
    }

    private IdentityCheck check(Path forceFolder) {
        return check(database, warehouse, forceFolder);
    }

    private static IdentityCheck check(TestDatabase database, Path warehouse, Path forceFolder) {
        return new IdentityCheck(database::open, database.url(), warehouse, "kent", forceFolder);
    }

    private void assertRefused(ThrowingCallable attempt, String message) throws Exception {
        List<String> before = files();
        List<String> row = database.query("select warehouse_id, real_path, force_folder from ops.warehouse");
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(message);
        assertThat(files()).isEqualTo(before);
        assertThat(database.query("select warehouse_id, real_path, force_folder from ops.warehouse"))
                .isEqualTo(row);
    }

    /** Every file of the warehouses, with what it holds. */
    private List<String> files() throws IOException {
        if (!Files.isDirectory(folder.resolve("var"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("var"))) {
            return files.filter(Files::isRegularFile)
                    .sorted()
                    .map(file -> {
                        try {
                            return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
                        } catch (IOException failed) {
                            throw new IllegalStateException(failed);
                        }
                    })
                    .toList();
        }
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Files.createDirectories(target.resolve(source.relativize(entry)).getParent());
                Files.copy(entry, target.resolve(source.relativize(entry)));
            }
        }
    }

    private static String shown(TestDatabase database) {
        return database.url().split("[;?]", 2)[0];
    }

    private TestDatabase migrated(String name) throws SQLException {
        TestDatabase made = newDatabase(name);
        try {
            made.execute("create role fpw_analyst");
        } catch (SQLException isThere) {
            // Roles of PostgreSQL belong to its server.
        }
        made.migrate("V0001__create_iceberg_catalog");
        made.migrate("V0002__create_ops");
        made.migrate("V0014__create_warehouse_identity");
        return made;
    }
}
