package uk.fpw.warehouse.store.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.TestDatabase;

/** Folder and databases of a warehouse, and checks of their identity. */
abstract class IdentityTesting {

    static final Instant NOW = Instant.parse("2026-11-25T02:00:00.123456Z");
    static final Schema SCHEMA = new Schema(Types.NestedField.optional(1, "n", Types.LongType.get()));

    @TempDir
    Path folder;

    Path warehouse;
    Path kent;
    TestDatabase database;

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

    /** A warehouse with an identity and one table. */
    WarehouseIdentity established() throws Exception {
        WarehouseIdentity identity = check(kent).establish(false, NOW);
        try (WarehouseCatalog catalog = catalog(database)) {
            table(catalog, "raw.devices");
        }
        return identity;
    }

    static void table(WarehouseCatalog catalog, String name) {
        catalog.create(name, SCHEMA, PartitionSpec.unpartitioned(), Map.of());
    }

    WarehouseCatalog catalog(TestDatabase database) {
        return WarehouseCatalog.open(database.url(), database.user(), database.password(), warehouse);
    }

    IdentityCheck check(Path forceFolder) {
        return check(database, warehouse, forceFolder);
    }

    static IdentityCheck check(TestDatabase database, Path warehouse, Path forceFolder) {
        return new IdentityCheck(database::open, database.url(), warehouse, "kent", forceFolder);
    }

    void assertRefused(ThrowingCallable attempt, String message) throws Exception {
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

    /** All files of the warehouses with their contents. */
    List<String> files() throws IOException {
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

    static String shown(TestDatabase database) {
        return database.url().split("[;?]", 2)[0];
    }

    TestDatabase migrated(String name) throws SQLException {
        TestDatabase made = newDatabase(name);
        made.baseline("V0054__add_key_format");
        return made;
    }
}
