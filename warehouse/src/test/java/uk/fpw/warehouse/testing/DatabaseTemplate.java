package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.schema.Migrations;

/**
 * A database that tests copy. It is created once per JVM and kind of database, by the first test that needs it, and
 * nobody else connects to it. Copying takes a moment where creating takes a second or two.
 */
public final class DatabaseTemplate {

    /** With the migrations of this version and without rows. */
    static final DatabaseTemplate MIGRATED =
            new DatabaseTemplate(empty -> Migrations.of(empty.dataSource()).migrate());

    /** Extension of H2's files. */
    private static final String SUFFIX = ".mv.db";

    /** Creates the content of an empty database. */
    @FunctionalInterface
    public interface Maker {
        /** Creates it, leaving no connection open. */
        void make(TestDatabase empty) throws SQLException;
    }

    private final Maker maker;
    private @Nullable Path file;
    private @Nullable TestDatabase onPostgres;

    /** A template created from an empty database. */
    public DatabaseTemplate(Maker maker) {
        this.maker = maker;
    }

    /** A copy as an embedded database in a folder that has none. */
    public TestDatabase copyTo(Path folder) {
        TestDatabase copy = TestDatabase.embedded(folder);
        copyTo(copy);
        return copy;
    }

    /** Copies it to an embedded database unless that exists; returns whether it copied. */
    synchronized boolean copyTo(TestDatabase embedded) {
        Path target = Path.of(embedded.file() + SUFFIX);
        if (Files.exists(target)) {
            return false;
        }
        try {
            Path source = file;
            if (source == null) {
                source = makeFile();
                file = source;
            }
            Files.createDirectories(target.getParent());
            Files.copy(source, target);
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(target + " could not be made", failed);
        } catch (SQLException failed) {
            throw new IllegalStateException("no database could be made for tests to copy", failed);
        }
    }

    private Path makeFile() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("fpw-template");
        TestDatabase made = TestDatabase.embedded(folder);
        // Keeps the database open, which is closed with its last connection.
        Connection open = made.open();
        try {
            maker.make(made);
        } finally {
            open.close();
        }
        Path source = Path.of(made.file() + SUFFIX);
        source.toFile().deleteOnExit();
        Path.of(made.file() + ".trace.db").toFile().deleteOnExit();
        // Files are deleted in reverse order of these calls, the folder last.
        folder.toFile().deleteOnExit();
        return source;
    }

    /** A copy as a new database in PostgreSQL. */
    public TestDatabase copyOnPostgres() {
        return PostgresServer.running().copyOf(onPostgres());
    }

    /** The template in PostgreSQL. */
    synchronized TestDatabase onPostgres() {
        TestDatabase made = onPostgres;
        if (made == null) {
            made = TestDatabase.postgres();
            try {
                maker.make(made);
            } catch (SQLException failed) {
                throw new IllegalStateException("no database could be made for tests to copy", failed);
            }
            onPostgres = made;
        }
        return made;
    }
}
