package uk.fpw.warehouse.force.connection;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Timeouts of the warehouse's own database, for pools, single connections, Iceberg's catalog and the Spark process;
 * defined only here. Settings in the URL in {@code force.yml} take precedence. An embedded database has no timeouts.
 * <ul>
 * <li>connecting and logging in: {@value #CONNECT_SECONDS} s ({@code connectTimeout}, {@code loginTimeout})
 * <li>the response to a statement, or sending data: {@value #ANSWER_SECONDS} s ({@code socketTimeout}), which is longer
 *     than a statement waits for a lock
 * <li>a statement that is expected to be long, such as a migration or inserting the rows of a release:
 *     {@value #LONG_FACTOR} times as long
 * <li>anything, after one of these timeouts and until the server responds again: {@value #SILENT_SECONDS} s
 *     ({@link BoundedSockets}), so that a run whose database stalls ends soon
 * </ul>
 */
public final class StorageTimeouts {

    /** For connecting and logging in. */
    public static final int CONNECT_SECONDS = 15;

    /** For the response to a statement. */
    public static final int ANSWER_SECONDS = 90;

    /** For anything, after a timeout and until the server responds again. */
    public static final int SILENT_SECONDS = 1;

    /** Factor by which long statements may take longer. */
    public static final int LONG_FACTOR = 30;

    /** How long a statement waits for a lock of another session, such as that of a suspended process. */
    private static final int LOCK_SECONDS = 60;

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern ANSWER = Pattern.compile("[?&]socketTimeout=([0-9]{1,6})(?:&|$)");

    private StorageTimeouts() {}

    /** Driver settings for a database; empty for an embedded one. */
    public static Map<String, String> driverSettings(String jdbcUrl) {
        return isServer(jdbcUrl)
                ? Map.of(
                        "requireAuth",
                        DatabaseUrl.requireAuth(jdbcUrl),
                        "connectTimeout",
                        Integer.toString(CONNECT_SECONDS),
                        "loginTimeout",
                        Integer.toString(CONNECT_SECONDS),
                        "socketTimeout",
                        Integer.toString(ANSWER_SECONDS),
                        "tcpKeepAlive",
                        "true",
                        "socketFactory",
                        BoundedSockets.class.getName(),
                        BoundedSockets.SERVER,
                        server(jdbcUrl))
                : Map.of();
    }

    /** Opens a single connection with these timeouts. */
    public static Connection connect(String jdbcUrl, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(driverSettings(jdbcUrl));
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(DatabaseUrl.opening(jdbcUrl), properties);
    }

    /**
     * SQL to run at the start of a session: limits the wait for locks, and makes the server release the locks of a lost
     * client within minutes rather than hours.
     */
    public static String sessionSql() {
        return "set lock_timeout = '" + LOCK_SECONDS
                + "s'; set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 6";
    }

    /** Allows the next statements of this connection to be long, until it is returned to its pool. */
    public static Connection allowLong(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        if (isServer(url)) {
            connection.setNetworkTimeout(Runnable::run, Math.multiplyExact(answerSeconds(url), 1000 * LONG_FACTOR));
        }
        return connection;
    }

    /** How long to wait for a pooled connection, which takes several round trips; less while the server is silent. */
    public static long connectMillis(String jdbcUrl) {
        return 1000L * (BoundedSockets.isSilent(server(jdbcUrl)) ? 2 * SILENT_SECONDS : CONNECT_SECONDS);
    }

    /** Marks the server as silent after a pool could not connect in time, even if connections are refused. */
    public static void recordNotConnected(String jdbcUrl) {
        BoundedSockets.recordSilent(server(jdbcUrl), false);
    }

    private static String server(String jdbcUrl) {
        return jdbcUrl.split("[?]", 2)[0];
    }

    private static int answerSeconds(String jdbcUrl) {
        Matcher set = ANSWER.matcher(jdbcUrl);
        return set.find() ? Math.min(Integer.parseInt(set.group(1)), 24 * 3600 / LONG_FACTOR) : ANSWER_SECONDS;
    }

    private static boolean isServer(String jdbcUrl) {
        return jdbcUrl.startsWith(POSTGRESQL);
    }
}
