package uk.fpw.warehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.run.NightFailure;

class WarehouseCatalogIT {

    @TempDir
    Path folder;

    private String url = "";

    @BeforeEach
    void migrated() throws Exception {
        url = "jdbc:h2:file:" + folder.resolve("fpw")
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;AUTO_SERVER=TRUE";
        String migration = new String(
                WarehouseCatalog.class
                        .getResourceAsStream("/db/migration/V0001__create_iceberg_catalog.sql")
                        .readAllBytes(),
                java.nio.charset.StandardCharsets.UTF_8);
        try (var connection = DriverManager.getConnection(url, "fpw", "");
                var statement = connection.createStatement()) {
            statement.execute(migration);
        }
    }

    @Test
    void tableMadeInOneOpeningIsThereInTheNext() {
        Schema schema = new Schema(Types.NestedField.required(1, "_key", Types.StringType.get()));
        try (WarehouseCatalog first = WarehouseCatalog.open(url, "fpw", "", folder)) {
            assertThat(first.find("raw.requests")).isNull();
            first.create("raw.requests", schema, PartitionSpec.unpartitioned(), Map.of());
            assertThat(first.tables(WarehouseCatalog.RAW)).containsExactly("requests");
        }
        try (WarehouseCatalog second = WarehouseCatalog.open(url, "fpw", "", folder)) {
            Table table = second.load("raw.requests");
            assertThat(table.location())
                    .isEqualTo(folder.resolve("data").toUri().toString().replaceAll("/$", "") + "/raw/requests");
            assertThat(table.properties()).containsEntry("write.parquet.compression-codec", "zstd");
            assertThat(second.tables(WarehouseCatalog.CORE)).isEmpty();
        }
    }

    @Test
    void nameOutsideTheNamespacesIsRefused() {
        try (WarehouseCatalog catalog = WarehouseCatalog.open(url, "fpw", "", folder)) {
            assertThatThrownBy(() -> catalog.find("stage.requests"))
                    .hasMessage(
                            "'stage.requests' is not a table name; write namespace.table with one of [raw, current, core, mart]");
        }
    }

    @Test
    void databaseWithoutMigrationsIsUnavailable() {
        String empty = "jdbc:h2:mem:empty;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";
        assertThatThrownBy(() -> WarehouseCatalog.open(empty, "fpw", "", folder))
                .isInstanceOf(NightFailure.class)
                .hasMessageStartingWith("the catalog in " + empty + " cannot be opened: ");
    }
}
