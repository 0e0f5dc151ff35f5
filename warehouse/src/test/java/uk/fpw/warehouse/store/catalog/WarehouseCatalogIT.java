package uk.fpw.warehouse.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

class WarehouseCatalogIT {

    @TempDir
    Path folder;

    private TestDatabase database;

    TestDatabase database() {
        return TestDatabase.embedded(folder);
    }

    @BeforeEach
    void migrated() throws Exception {
        database = database();
        database.baseline();
    }

    private WarehouseCatalog open() {
        return WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
    }

    @Test
    void tableMadeInOneOpeningIsThereInTheNext() {
        Schema schema = new Schema(Types.NestedField.required(1, "_key", Types.StringType.get()));
        try (WarehouseCatalog first = open()) {
            assertThat(first.find("raw.requests")).isNull();
            first.create("raw.requests", schema, PartitionSpec.unpartitioned(), Map.of());
            assertThat(first.tables(WarehouseCatalog.RAW)).containsExactly("requests");
        }
        try (WarehouseCatalog second = open()) {
            Table table = second.load("raw.requests");
            assertThat(table.location())
                    .isEqualTo(folder.resolve("data").toUri().toString().replaceAll("/$", "") + "/raw/requests");
            assertThat(table.properties()).containsEntry("write.parquet.compression-codec", "zstd");
            assertThat(second.tables(WarehouseCatalog.CORE)).isEmpty();
        }
    }

    /** Spark sends the settings with each task to all executors. */
    @Test
    void settingsOfATablesFilesDoNotNameTheDatabase() {
        Schema schema = new Schema(Types.NestedField.required(1, "_key", Types.StringType.get()));
        try (WarehouseCatalog catalog = open()) {
            Table table = catalog.create("raw.requests", schema, PartitionSpec.unpartitioned(), Map.of());
            assertThat(table.io().properties().keySet())
                    .contains("warehouse")
                    .noneMatch(name -> name.equals("uri") || name.startsWith("jdbc."));
        }
    }

    /** Hadoop sets permissions by itself, whatever the umask of the process. */
    @Test
    void filesAreForOwnerAndGroupOnly() throws Exception {
        Schema schema = new Schema(Types.NestedField.required(1, "_key", Types.StringType.get()));
        try (WarehouseCatalog catalog = open()) {
            catalog.create("raw.requests", schema, PartitionSpec.unpartitioned(), Map.of());
        }
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            List<Path> found = files.toList();
            assertThat(found).anyMatch(file -> file.toString().endsWith(".metadata.json"));
            for (Path file : found) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwxr-x---" : "rw-r-----");
            }
        }
    }

    @Test
    void nameOutsideTheNamespacesIsRefused() {
        try (WarehouseCatalog catalog = open()) {
            assertThatThrownBy(() -> catalog.find("stage.requests"))
                    .hasMessage("'stage.requests' is not a table name; write namespace.table with one of [raw, "
                            + "core, mart, ledger]");
        }
    }

    @Test
    void databaseWithoutMigrationsIsUnavailable() throws Exception {
        database.execute("drop table iceberg_tables");
        assertThatThrownBy(this::open)
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith("the catalog in " + database.url() + " cannot be opened: ");
    }
}
