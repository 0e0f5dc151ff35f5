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
 * A relational database for a test, initially empty. Test classes for all databases get it from an overridable method,
 * for which the subclass {@code XOnPostgresIT} returns {@link #postgres()}.
 *
 * @param url JDBC URL
 * @param user user with all privileges
 * @param password password of the user; empty for none
 */
public record TestDatabase(String url, String user, String password) {

    private static final String FILE = "jdbc:h2:file:";
    private static final String MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    /** H2 in a folder, as embedded by the product. */
    public static TestDatabase embedded(Path folder) {
        return new TestDatabase(FILE + folder.resolve("fpw") + MODE + ";AUTO_SERVER=TRUE", "fpw", "");
    }

    /** H2 in memory, until {@link #drop()}. */
    public static TestDatabase inMemory(String name) {
        return new TestDatabase("jdbc:h2:mem:" + name + MODE + ";DB_CLOSE_DELAY=-1", "fpw", "");
    }

    /**
     * A separate database in PostgreSQL in a container. If Docker is not available, the calling test is skipped with a
     * message.
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
     * The same database as another user. H2 lets only administrators apply the settings in the URL, so others use it
     * without.
     */
    public TestDatabase as(String otherUser, String otherPassword) {
        return new TestDatabase(
                isPostgres() ? url : url.replace(MODE, "").replace(";DB_CLOSE_DELAY=-1", ""), otherUser, otherPassword);
    }

    /** Executes one or more statements, separated by semicolons. */
    public void execute(String sql) throws SQLException {
        try (Connection connection = open()) {
            execute(connection, sql);
        }
    }

    /** The same on an open connection, for example within a transaction. */
    public static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Drops a database in memory; other databases go with their container or folder. */
    public void drop() throws SQLException {
        if (url.startsWith("jdbc:h2:mem:")) {
            execute("shutdown");
        }
    }

    /**
     * Creates the hand-written tables of the oldest supported database, then runs later migrations, without recording a
     * history. Uses a single connection, because an embedded database is closed with its last one.
     *
     * @param later file names in {@code db/migration}, without {@code .sql}
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

    /** Runs migrations later than the baseline, by file name. */
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
     * Migrates the database to this version. An empty one is replaced by a copy of a database migrated once per JVM,
     * since migrating takes a second or two and few tests are about it.
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

    /** The file of an embedded database, without H2's extension. */
    String file() {
        return url.substring(FILE.length(), url.indexOf(';'));
    }

    /**
     * The rows of a query in order, values as text separated by {@code " | "}; booleans are {@code true} or
     * {@code false} on every database.
     */
    public List<String> query(String sql) throws SQLException {
        try (Connection connection = open()) {
            return query(connection, sql);
        }
    }

    /** The same on an open connection, for example within a transaction. */
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

    /** The database as an unpooled data source. */
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
