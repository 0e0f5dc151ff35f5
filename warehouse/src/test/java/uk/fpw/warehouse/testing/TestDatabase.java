package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.logging.Logger;
import javax.sql.DataSource;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.store.schema.Migrations;

/**
 * A relational database for one test, empty at first. A test class that works on every database takes it from an
 * overridable method; its subclass {@code XOnPostgresIT} answers {@link #postgres()} there.
 *
 * @param url JDBC URL
 * @param user its user, who may do everything in it
 * @param password the user's password; empty for none
 */
public record TestDatabase(String url, String user, String password) {

    private static final String FILE = "jdbc:h2:file:";
    private static final String MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    /** H2 in the folder, as the product embeds it. */
    public static TestDatabase embedded(Path folder) {
        return new TestDatabase(FILE + folder.resolve("fpw") + MODE + ";AUTO_SERVER=TRUE", "fpw", "");
    }

    /** H2 in memory, until {@link #drop()}. */
    public static TestDatabase inMemory(String name) {
        return new TestDatabase("jdbc:h2:mem:" + name + MODE + ";DB_CLOSE_DELAY=-1", "fpw", "");
    }

    /**
     * A database of its own in PostgreSQL, in a container; where there is no Docker the calling test is skipped and
     * says so.
     */
    public static TestDatabase postgres() {
        return PostgresServer.running().newDatabase();
    }

    /** Whether it is PostgreSQL rather than H2. */
    public boolean isPostgres() {
        return url.startsWith("jdbc:postgresql:");
    }

    /** Opens a connection that the caller closes. */
    public Connection open() throws SQLException {
        String opening = DatabaseUrl.opening(url);
        boolean isAdministrator = url.contains(MODE);
        return DriverManager.getConnection(
                isAdministrator ? opening : opening.replace(";TRACE_LEVEL_FILE=0", ""), user, password);
    }

    /**
     * The same database for another user. H2 lets none but administrators set what the URL sets: others write it
     * without.
     */
    public TestDatabase as(String otherUser, String otherPassword) {
        return new TestDatabase(
                isPostgres() ? url : url.replace(MODE, "").replace(";DB_CLOSE_DELAY=-1", ""), otherUser, otherPassword);
    }

    /** Runs one statement, or several divided by semicolons. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = open()) {
            execute(connection, sql);
        }
    }

    /** The same on an open connection, such as in a transaction of a test. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends a database in memory; a database in a container or a folder goes with it. */
    public void drop() throws SQLException {
        if (url.startsWith("jdbc:h2:mem:")) {
            execute("shutdown");
        }
    }

    /**
     * Creates the hand-written tables of the oldest database that is upgraded, then runs later migrations, without a
     * history of them: on one connection, since an embedded database is closed with its last.
     *
     * @param later names of files of {@code db/migration}, without {@code .sql}
     */
    public void baseline(String... later) throws SQLException {
        try (Connection connection = open()) {
            for (String script : List.of(
                    "common/V0039__create_tables",
                    (isPostgres() ? "postgresql" : "h2") + "/V0040__create_roles",
                    "common/V0041__grant_ops")) {
                execute(connection, text("/db/baseline/" + script));
            }
        }
        migrate(later);
    }

    /** Runs migrations that came later than the baseline, by the names of their files. */
    public void migrate(String... migrations) throws SQLException {
        try (Connection connection = open()) {
            for (String migration : migrations) {
                execute(connection, text("/db/migration/" + migration));
            }
        }
    }

    private static String text(String script) {
        try (InputStream in = TestDatabase.class.getResourceAsStream(script + ".sql")) {
            if (in == null) {
                throw new IllegalArgumentException("there is no migration " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Brings the database to this software's version, a new one by copying another that was migrated once in this JVM:
     * the migrations take a second or two, and few tests are about them.
     */
    public TestDatabase migrated() {
        if (!isCopied()) {
            Migrations.of(dataSource()).migrate();
        }
        return this;
    }

    private boolean isCopied() {
        if (isPostgres()) {
            return PostgresServer.running().fill(this);
        }
        boolean isEmbedded = url.startsWith(FILE) && user.equals("fpw") && password.isEmpty();
        return isEmbedded && DatabaseTemplate.MIGRATED.copyTo(this);
    }

    /** The file of an embedded database, without what H2 adds to its name. */
    String file() {
        return url.substring(FILE.length(), url.indexOf(';'));
    }

    /**
     * The rows of a query in order, their values as text divided by {@code " | "}; truth is {@code true} or
     * {@code false} on every database.
     */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = open()) {
            return query(connection, sql);
        }
    }

    /** The same on an open connection, such as in a transaction of a test. */
    public static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                StringJoiner line = new StringJoiner(" | ");
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    line.add(rows.getObject(i) instanceof Boolean truth ? truth.toString() : rows.getString(i));
                }
                lines.add(line.toString());
            }
            return lines;
        }
    }

    /** The database as a source of new connections, without a pool. */
    public DataSource dataSource() {
        return new Unpooled(this);
    }

    private record Unpooled(TestDatabase database) implements DataSource {

        @Override
        public Connection getConnection() throws SQLException {
            return database.open();
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return database.as(user, password).open();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException("the tests log through SLF4J");
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            throw new UnsupportedOperationException("the tests log through SLF4J");
        }

        @Override
        public void setLoginTimeout(int seconds) {
            throw new UnsupportedOperationException("a database of a test answers at once");
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("no " + type + " here");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
