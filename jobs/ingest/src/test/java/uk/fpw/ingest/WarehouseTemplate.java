package uk.fpw.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.fpw.warehouse.store.schema.Migrations;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * The embedded database of a warehouse without loads, migrated once per JVM by the first test that needs it. It has
 * only the hand-written tables: a load uses no others, and H2 recreates all tables and views of a database when opening
 * it.
 */
final class WarehouseTemplate {

    private static final String FILE = "fpw.mv.db";

    private WarehouseTemplate() {}

    private static final class Migrated {

        static final Path DATABASE = migrate();

        private static Path migrate() {
            try {
                Path folder = Files.createTempDirectory("fpw-ingest");
                TestDatabase embedded = TestDatabase.embedded(folder);
                Migrations.written(embedded.url())
                        .dataSource(embedded.dataSource())
                        .load()
                        .migrate();
                Path database = folder.resolve(FILE);
                // Files are deleted in reverse order of these calls, the folder last.
                folder.toFile().deleteOnExit();
                database.toFile().deleteOnExit();
                folder.resolve("fpw.trace.db").toFile().deleteOnExit();
                return database;
            } catch (IOException failed) {
                throw new UncheckedIOException("no database could be made for tests to copy", failed);
            }
        }
    }

    /** Creates the database of a warehouse in the folder, unless it exists. */
    static void copyTo(Path folder) {
        Path database = folder.resolve(FILE);
        if (Files.exists(database)) {
            return;
        }
        try {
            Files.createDirectories(folder);
            Files.copy(Migrated.DATABASE, database);
        } catch (IOException failed) {
            throw new UncheckedIOException(database + " could not be made", failed);
        }
    }
}
