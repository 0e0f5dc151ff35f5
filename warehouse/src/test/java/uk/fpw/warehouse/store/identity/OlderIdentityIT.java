package uk.fpw.warehouse.store.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.testing.TestDatabase;

/** Warehouses from before identities, or that lost theirs. Each rejection leaves folder and database unchanged. */
@Tag("thorough")
class OlderIdentityIT extends IdentityTesting {

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
    void folderThatLostItsIdentityGetsItBackOnlyIfItsTablesAreThere() throws Exception {
        WarehouseIdentity first = established();
        Files.delete(warehouse.resolve("warehouse.json"));
        assertThat(check(kent).establish(false, NOW)).isEqualTo(first);
        assertThat(IdentityFile.read(warehouse)).isEqualTo(first);

        // As if its disk were not mounted.
        Files.move(warehouse, folder.resolve("var/elsewhere"));
        Path metadata = LocalStorage.file(
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
        assertThat(adopted.keyFormat()).isEqualTo(KeyFormat.HEX);
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
        Path missing = LocalStorage.file(
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

    private void olderWarehouse() throws Exception {
        try (WarehouseCatalog catalog = catalog(database)) {
            table(catalog, "raw.devices");
        }
    }
}
