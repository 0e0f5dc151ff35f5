package uk.fpw.nightly.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Supplier;
import java.util.logging.Logger;
import javax.sql.DataSource;
import uk.fpw.nightly.run.database.WarehouseDatabase;

/**
 * Migrations that are interrupted right after one of their statements. Run as a program, the process exits without any
 * shutdown hook, as after kill -9; in a test, the statement fails. Arguments: JDBC URL, beginning of the statement.
 */
final class CutOffMigration {

    static final int EXIT_CODE = 137;

    private CutOffMigration() {}

    public static void main(String[] arguments) {
        try (HikariDataSource dataSource = pool(arguments[0], "fpw", "", arguments[1], () -> {
            writeAll(arguments[0]);
            Runtime.getRuntime().halt(EXIT_CODE);
            return new SQLException("halted");
        })) {
            WarehouseDatabase.migrate(dataSource);
        }
    }

    /** The work of a migration may be in memory only for half a second. */
    private static void writeAll(String url) {
        try (Connection connection = DriverManager.getConnection(url, "fpw", "");
                Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A pool in which the first statement that begins with that text fails after it was executed. */
    static HikariDataSource failing(String url, String user, String password, String statement) {
        return pool(url, user, password, statement, () -> new SQLException("no room is left on the disk"));
    }

    private static HikariDataSource pool(
            String url, String user, String password, String statement, Supplier<SQLException> end) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(password);
        config.setMinimumIdle(1);
        config.setDataSource(new CutOff(url, user, password, statement, end));
        return new HikariDataSource(config);
    }

    private record CutOff(String url, String user, String password, String statement, Supplier<SQLException> end)
            implements DataSource {

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = DriverManager.getConnection(url, user, password);
            return proxy(Connection.class, (proxy, method, arguments) -> {
                Object result = invoke(method, connection, arguments);
                return method.getName().equals("createStatement") ? watched((Statement) result) : result;
            });
        }

        private Statement watched(Statement delegate) {
            return proxy(Statement.class, (proxy, method, arguments) -> {
                Object result = invoke(method, delegate, arguments);
                if (method.getName().equals("execute") && begins(String.valueOf(arguments[0]))) {
                    throw end.get();
                }
                return result;
            });
        }

        /** A statement includes the comments above it. */
        private boolean begins(String sql) {
            return sql.lines().anyMatch(line -> line.startsWith(statement));
        }

        private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }

        @Override
        public Connection getConnection(String otherUser, String otherPassword) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setLogWriter(PrintWriter out) {}

        @Override
        public void setLoginTimeout(int seconds) {}

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
