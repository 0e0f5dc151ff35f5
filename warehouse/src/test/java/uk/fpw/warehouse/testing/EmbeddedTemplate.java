package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import uk.fpw.warehouse.schema.Migrations;

/**
 * The file of an embedded database that the migrations have made and nothing was written to; migrated once in a JVM, by
 * the first test that asks.
 */
final class EmbeddedTemplate {

    /** How H2 ends the names of its files. */
    static final String SUFFIX = ".mv.db";

    private EmbeddedTemplate() {}

    private static final class Made {

        static final Path FILE = make();

        private static Path make() {
            try {
                Path folder = Files.createTempDirectory("fpw-migrated");
                Migrations.of(TestDatabase.embedded(folder).dataSource()).migrate();
                Path file = folder.resolve("fpw" + SUFFIX);
                file.toFile().deleteOnExit();
                folder.resolve("fpw.trace.db").toFile().deleteOnExit();
                // Files go in the reverse order of these calls, so the folder goes last.
                folder.toFile().deleteOnExit();
                return file;
            } catch (IOException failed) {
                throw new UncheckedIOException("no database could be made for tests to copy", failed);
            }
        }
    }

    /** Makes a database of that file, unless it is there. */
    static void copyTo(Path file) {
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.copy(Made.FILE, file);
        } catch (IOException failed) {
            throw new UncheckedIOException(file + " could not be made", failed);
        }
    }
}
