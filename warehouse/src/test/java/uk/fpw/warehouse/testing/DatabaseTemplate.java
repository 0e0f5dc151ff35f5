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
 * A database of which tests take copies: it is made once in a JVM and on each kind of database, by the first test that
 * asks, and nobody else connects to it. What takes a second or two to make is copied in a moment.
 */
public final class DatabaseTemplate {

    /** Of this software's version, without a row. */
    static final DatabaseTemplate MIGRATED =
            new DatabaseTemplate(empty -> Migrations.of(empty.dataSource()).migrate());

    /** How H2 ends the names of its files. */
    private static final String SUFFIX = ".mv.db";

    /** What makes the database of an empty one. */
    @FunctionalInterface
    public interface Maker {
        /** Makes it, and leaves no connection open. */
        void make(TestDatabase empty) throws SQLException;
    }

    private final Maker maker;
    private @Nullable Path file;
    private @Nullable TestDatabase onPostgres;

    /** What that makes of an empty database. */
    public DatabaseTemplate(Maker maker) {
        this.maker = maker;
    }

    /** An embedded database in the folder, which has none: a copy of this one. */
    public TestDatabase copyTo(Path folder) {
        TestDatabase copy = TestDatabase.embedded(folder);
        copyTo(copy);
        return copy;
    }

    /** Makes an embedded database of this one, unless it is there; returns whether it was not. */
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
        // It would be closed with every connection but for this one.
        Connection open = made.open();
        try {
            maker.make(made);
        } finally {
            open.close();
        }
        Path source = Path.of(made.file() + SUFFIX);
        source.toFile().deleteOnExit();
        Path.of(made.file() + ".trace.db").toFile().deleteOnExit();
        // Files go in the reverse order of these calls, so the folder goes last.
        folder.toFile().deleteOnExit();
        return source;
    }

    /** A new database in PostgreSQL: a copy of this one. */
    public TestDatabase copyOnPostgres() {
        return PostgresServer.running().copyOf(onPostgres());
    }

    /** This one in PostgreSQL. */
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
