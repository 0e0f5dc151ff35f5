package uk.fpw.warehouse.store.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.erasure.ErasureList;
import uk.fpw.warehouse.store.erasure.ListedErasure;
import uk.fpw.warehouse.testing.TestDatabase;

/** Matching and mismatching folders and databases. Each rejection leaves both unchanged. */
@Tag("thorough")
class IdentityIT extends IdentityTesting {

    @Test
    void tablesCannotBeMovedToAnObjectStore() throws Exception {
        WarehouseIdentity identity = established();
        assertRefused(
                () -> check(kent).withTables("s3://fpw-tables/kent").compare(true),
                "warehouse " + identity.id() + " (force kent) has its tables in " + identity.dataFolder() + ", but "
                        + kent.resolve("force.yml") + " has storage.tables: s3://fpw-tables/kent. Nothing was written. "
                        + "Tables cannot be moved: restore storage.tables, or set an empty folder for a new warehouse "
                        + "(force.yml: storage.warehouse)");

        WarehouseIdentity far = identity.in("s3://fpw-tables/kent");
        assertThat(far.tableLocation()).isEqualTo("s3://fpw-tables/kent/data/" + identity.id());
        IdentityFile.replace(far);
        // earlier versions would miss the tables, and refuse this number
        assertThat(Files.readString(warehouse.resolve("warehouse.json"))).contains("\"format\" : 6");
        assertThat(IdentityFile.read(warehouse)).isEqualTo(far);
        assertRefused(
                () -> check(kent).compare(true),
                "warehouse " + identity.id() + " (force kent) has its tables in s3://fpw-tables/kent, but "
                        + kent.resolve("force.yml") + " has no storage.tables. Nothing was written. Tables cannot be "
                        + "moved: restore storage.tables, or set an empty folder for a new warehouse (force.yml: "
                        + "storage.warehouse)");
        for (ObjectStoreLimit limit : ObjectStoreLimit.values()) {
            limit.refuse(null);
            assertThatThrownBy(() -> limit.refuse(far.tables()))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith(
                            "the tables of this warehouse are in s3://fpw-tables/kent, for which there is no fpw ");
        }
    }

    @Test
    void warehouseThatLacksAListedErasureIsRefusedUntilItHasIt() throws Exception {
        WarehouseIdentity identity = established();
        database.migrate("V0060__create_erasure", "V0064__list_erasures");
        ErasureList list = new ErasureList(folder.resolve("keys/erasures.json"));
        IdentityCheck check = new IdentityCheck(database::open, database.url(), warehouse, "kent", kent, list);
        check.compare(false);
        list.add(erasure(identity.id()));

        String refused = "the warehouse in " + warehouse + " lacks 1 erasure (2026-05-03) that " + list.file()
                + " lists: it was restored from a backup, or copied, from before it, or fpw erase was interrupted. It "
                + "may contain erased rows, so nothing is done with it. Run 'fpw erase --again' for this force folder, "
                + "which applies it again and needs no values";
        assertThatThrownBy(() -> check.compare(false)).hasMessage(refused);
        assertThatThrownBy(check::requireErasures).hasMessage(refused);
        assertThat(check.missingErasures()).containsExactly(erasure(identity.id()));
        assertThat(check.confirmForErasing()).isEqualTo(identity);
        assertThat(new WarehouseFolder(warehouse).missingErasures()).exists();

        database.execute("insert into ops.erasure (erasure_id, kind, ground, reason, applied_by, started_at, "
                + "finished_at, row_count, item_count, table_count, release_count, is_listed) values ('1', 'person', "
                + "'s.47', 'letter', 'ann', current_timestamp, current_timestamp, 1, 1, 1, 1, true)");
        IdentityFile.replace(identity.withErasures(true));
        IdentityCheck again = new IdentityCheck(database::open, database.url(), warehouse, "kent", kent, list);
        again.compare(false);

        Files.delete(list.file());
        assertThatThrownBy(() -> again.compare(false))
                .hasMessage("the list of erasures " + list.file() + " lacks 1 erasure of the warehouse in " + warehouse
                        + " that was on it: it is not that list, or an older copy of it. Nothing was written. Restore "
                        + "the file from its latest copy, or correct FPW_ERASURES_FILE; if it is lost, run 'fpw erase "
                        + "--list-lost' for this force folder");
        database.execute("update ops.erasure set is_listed = false");
        again.compare(false);
    }

    private static ListedErasure erasure(UUID warehouse) {
        Instant noon = Instant.parse("2026-05-03T12:00:00Z");
        return new ListedErasure(
                "1",
                "kent",
                Set.of(warehouse),
                new ListedErasure.Cause("person", null, "s.47", "letter", "ann", noon),
                LocalDate.of(2033, 5, 3),
                new ListedErasure.Key("k", "f", noon, Map.of("f", "")),
                "f",
                List.of(),
                new ListedErasure.Stored(Map.of(), Set.of(), Map.of()),
                null);
    }

    @Test
    void newWarehouseGetsAnIdentityInFolderAndDatabaseAndKeepsIt() throws Exception {
        WarehouseIdentity made = check(kent).establish(false, NOW);

        assertThat(made)
                .isEqualTo(new WarehouseIdentity(
                        made.id(),
                        "kent",
                        warehouse,
                        "data/" + made.id(),
                        KeyFormat.BASE32,
                        Instant.parse("2026-11-25T02:00:00.123Z")));
        assertThat(IdentityFile.read(warehouse)).isEqualTo(made);
        assertThat(database.query("select only_row, warehouse_id, force_code, real_path, data_prefix, force_folder, "
                        + "key_format, relocated_from from ops.warehouse"))
                .containsExactly("1 | " + made.id() + " | kent | " + warehouse + " | data/" + made.id() + " | " + kent
                        + " | base32 | null");
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
    void databaseInItsFolderThatHoldsNothingAnyMoreIsDamaged() throws Exception {
        established();
        TestDatabase emptied = TestDatabase.embedded(warehouse);
        emptied.execute("create schema ops");
        Path file = warehouse.resolve("fpw.mv.db");
        String message = "the database file " + file + " is damaged: it is empty. Restore the warehouse folder and its "
                + "database from one backup; until then releases can be queried without it: fpw query --warehouse DIR";
        for (ThrowingCallable attempt : List.<ThrowingCallable>of(
                () -> check(emptied, warehouse, kent).compare(false),
                () -> IdentityCheck.refuseLostDatabase(warehouse, file.toString(), true))) {
            assertThatThrownBy(attempt)
                    .isInstanceOfSatisfying(FpwException.class, damaged -> assertThat(damaged.exitCode())
                            .isEqualTo(ExitCode.DAMAGED))
                    .hasMessage(message);
        }
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
        assertThat(surrey.mismatch()).hasMessage(message);
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

    /** Versions with 64-digit keys read only format 1. */
    @Test
    void newWarehouseHasAFileThatVersionsWithOtherKeysRefuse() throws Exception {
        check(kent).establish(false, NOW);
        assertThat(warehouse.resolve("warehouse.json"))
                .content()
                .startsWith("{\n  \"format\" : 2,\n")
                .contains("\"key_format\" : \"base32\"");
    }

    @Test
    void warehouseOfAnEarlierVersionKeepsItsFormatOfKeys() throws Exception {
        WarehouseIdentity first = established();
        database.execute("alter table ops.warehouse drop column key_format");
        WarehouseIdentity earlier = new WarehouseIdentity(
                first.id(), "kent", warehouse, first.dataPrefix(), KeyFormat.HEX, first.createdAt());
        IdentityFile.replace(earlier);
        Path file = warehouse.resolve("warehouse.json");
        Files.writeString(file, Files.readString(file).replace("  \"key_format\" : \"hex\",\n", ""));
        assertThat(file).content().startsWith("{\n  \"format\" : 1,\n").doesNotContain("key_format");
        check(kent).compare(false);

        database.migrate("V0054__add_key_format");
        assertThat(check(kent).establish(false, NOW)).isEqualTo(earlier);

        Files.delete(file);
        assertThat(check(kent).establish(false, NOW)).isEqualTo(earlier);
        assertThat(file).content().startsWith("{\n  \"format\" : 1,\n");
    }

    @Test
    void folderAndDatabaseWithDifferentFormatsOfKeysAreRefused() throws Exception {
        established();
        database.execute("update ops.warehouse set key_format = 'hex'");
        assertRefused(
                () -> check(kent).establish(false, NOW),
                "the folder " + warehouse + " has keys in base32, its database in hex. Nothing was written. If "
                        + "fpw rekey was interrupted, run it again; otherwise restore both from the same backup");
        assertThat(check(kent).confirmForRekeying().keyFormat()).isEqualTo(KeyFormat.HEX);
        Path file = warehouse.resolve("warehouse.json");
        Files.writeString(file, Files.readString(file).replace("\"format\" : 2", "\"format\" : 1"));
        assertRefused(
                () -> check(kent).establish(false, NOW),
                file + " cannot be read: format 1 is not that of keys in base32; it identifies the warehouse: restore "
                        + "it from the backup, or use the version of fpw that wrote it");
    }

    @Test
    void replacementOfKeysIsFinishedByItselfOnly() throws Exception {
        WarehouseIdentity identity = established();
        database.migrate("V0055__create_rekeying");
        database.execute("insert into ops.rekeying (rekeying_id, rekeyed_at, rekeyed_by, cause) values ('1', "
                + "current_timestamp, 'sam', 'another key')");
        assertRefused(
                () -> check(kent).compare(false),
                "the replacement of the keys of the warehouse in " + warehouse + " was interrupted. Nothing was "
                        + "written. Run 'fpw rekey' for this force folder again; it finishes it");
        assertThat(check(kent).confirmForRekeying()).isEqualTo(identity);
        database.execute("update ops.rekeying set finished_at = current_timestamp");
        check(kent).compare(false);
    }

    @Test
    void erasureIsFinishedByItselfOnlyAndStopsEarlierVersions() throws Exception {
        WarehouseIdentity identity = established();
        database.migrate("V0060__create_erasure");
        KeySwitch.announceErasures(identity);
        // killed before the switch: the folder says more than the database, and runs go on
        check(kent).compare(false);
        IdentityCheck.require(check(kent).establish(false, NOW), database::open, warehouse);
        database.execute("insert into ops.erasure (erasure_id, kind, ground, reason, applied_by, started_at, "
                + "switched_at, row_count, item_count, table_count, release_count) values ('1', 'row', 'law', "
                + "'letter', 'sam', current_timestamp, current_timestamp, 1, 1, 1, 1)");
        assertRefused(
                () -> check(kent).compare(false),
                "an erasure from the warehouse in " + warehouse + " was interrupted. Nothing was written. Run 'fpw "
                        + "erase --finish' for this force folder; it finishes it");
        assertThat(check(kent).confirmForErasing()).isEqualTo(identity.withErasures(true));
        database.execute("update ops.erasure set finished_at = current_timestamp");
        check(kent).compare(false);
        assertThat(Files.readString(warehouse.resolve("warehouse.json")))
                .contains("\"format\" : 4", "\"has_erasures\" : true");
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
        WarehouseIdentity first = new WarehouseIdentity(
                other, "kent", warehouse, "data/" + other, KeyFormat.BASE32, Instant.parse("2026-11-25T02:00:00Z"));
        assertThat(IdentityFile.create(first)).isTrue();
        assertThat(IdentityFile.create(new WarehouseIdentity(
                        UUID.randomUUID(),
                        "kent",
                        warehouse,
                        "data",
                        KeyFormat.BASE32,
                        Instant.parse("2026-11-25T02:00:00Z"))))
                .isFalse();
        assertThat(IdentityFile.read(warehouse)).isEqualTo(first);
        assertThatThrownBy(() -> check(kent).establish(false, NOW)).isInstanceOf(FpwException.class);
        assertThat(database.query("select count(*) from ops.warehouse")).containsExactly("0");
    }

    @Test
    void processThatWasToldAnIdentityWritesToNoOther() throws Exception {
        WarehouseIdentity first = established();
        WarehouseIdentity other = new WarehouseIdentity(
                UUID.randomUUID(),
                "kent",
                warehouse,
                first.dataPrefix(),
                KeyFormat.BASE32,
                Instant.parse("2026-11-25T02:00:00Z"));
        assertRefused(
                () -> IdentityCheck.require(other, database::open, warehouse),
                "this run was started for warehouse " + other.id() + " in " + warehouse + ", but the folder "
                        + warehouse
                        + " is now " + first.id() + " (force kent) and its database " + first.id()
                        + " (force kent); nothing was written. Run again");
    }

    private static void copy(Path source, Path target) throws IOException {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Files.createDirectories(target.resolve(source.relativize(entry)).getParent());
                Files.copy(entry, target.resolve(source.relativize(entry)));
            }
        }
    }
}
