package uk.fpw.warehouse.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC driver that simulates broken connections: the response to one statement is lost, whether the database has
 * executed it or not, as after a network failure, a failover or a restart. The state is shared in the JVM, so tests
 * that use it must not run in parallel.
 */
public final class LostAnswers implements Driver {

    private static final String PREFIX = "jdbc:lost-answers:";
    private static final Set<Connection> OPEN = ConcurrentHashMap.newKeySet();

    private static volatile @Nullable Loss next;
    private static volatile boolean isDown;

    static {
        try {
            DriverManager.registerDriver(new LostAnswers());
        } catch (SQLException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private LostAnswers() {}

    /** What happens to a statement when the connection breaks. */
    public enum Fate {
        /** It never reaches the database. */
        NOT_SENT,
        /** It reaches the database, but its transaction is not committed. */
        ROLLED_BACK,
        /** Its transaction is committed. */
        COMMITTED
    }

    private record Loss(String statement, Fate fate, boolean isDownAfter) {}

    /** The same database with connections that can break. */
    public static TestDatabase of(TestDatabase database) {
        reset();
        return new TestDatabase(
                PREFIX + database.url().substring("jdbc:".length()), database.user(), database.password());
    }

    /** Ends all failures; the database responds again. */
    public static void reset() {
        next = null;
        isDown = false;
    }

    /** Breaks the connection once, at the next statement that starts with a text. */
    public static void loseNext(String statement, Fate fate) {
        next = new Loss(statement, fate, false);
    }

    /** The same for a statement that is committed, after which the database is unreachable until {@link #reset}. */
    public static void loseNextAndGoDown(String statement) {
        next = new Loss(statement, Fate.COMMITTED, true);
    }

    /** Whether the response has been lost as requested. */
    public static boolean isLost() {
        return next == null;
    }

    /** Breaks all open connections, as when the server ends idle ones. */
    public static void breakConnections() throws SQLException {
        for (Connection connection : OPEN) {
            connection.close();
        }
        OPEN.clear();
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        if (isDown) {
            throw new SQLException("the test's database is down", "08001");
        }
        Connection real = DriverManager.getConnection("jdbc:" + url.substring(PREFIX.length()), info);
        OPEN.add(real);
        return proxy(Connection.class, new BreakingConnection(real));
    }

    /** Keeps track of transactions, so that the response to a commit can be lost. */
    private static final class BreakingConnection implements InvocationHandler {

        private final Connection real;
        private @Nullable Loss atCommit;

        BreakingConnection(Connection real) {
            this.real = real;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            Loss lost = atCommit;
            if (lost != null && method.getName().equals("commit")) {
                if (lost.fate() == Fate.COMMITTED) {
                    real.commit();
                }
                throw broken(lost);
            }
            Object result = call(real, method, arguments);
            if (!(result instanceof PreparedStatement statement) || arguments == null) {
                return result;
            }
            String sql = String.valueOf(arguments[0]).strip().toLowerCase(Locale.ROOT);
            return proxy(
                    PreparedStatement.class,
                    (self, called, values) -> called.getName().equals("executeUpdate")
                            ? update(statement, sql)
                            : call(statement, called, values));
        }

        private int update(PreparedStatement statement, String sql) throws SQLException {
            Loss loss = next;
            if (loss == null || !sql.startsWith(loss.statement())) {
                return statement.executeUpdate();
            }
            next = null;
            if (loss.fate() == Fate.NOT_SENT) {
                throw broken(loss);
            }
            if (!real.getAutoCommit()) {
                atCommit = loss;
                return statement.executeUpdate();
            }
            if (loss.fate() == Fate.COMMITTED) {
                statement.executeUpdate();
            }
            throw broken(loss);
        }

        private SQLException broken(Loss loss) throws SQLException {
            real.close();
            isDown = loss.isDownAfter();
            return new SQLException("an I/O error occurred while sending to the backend", "08006");
        }
    }

    private static @Nullable Object call(Object thing, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(thing, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return 1;
    }

    @Override
    public int getMinorVersion() {
        return 0;
    }

    @Override
    public boolean jdbcCompliant() {
        return false;
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
    }
}
