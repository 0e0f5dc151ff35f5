package uk.fpw.warehouse.force.connection;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long the warehouse's own database may be silent before it counts as not available: the only place with these
 * limits, for pools, single connections, Iceberg's catalog and the Spark process. What the URL in {@code force.yml}
 * sets goes before. An embedded database has no such limits.
 *
 * <ul>
 *   <li>connecting and logging in: {@value #CONNECT_SECONDS} s ({@code connectTimeout}, {@code loginTimeout})
 *   <li>the answer to a statement, or the taking of what is sent: {@value #ANSWER_SECONDS} s ({@code socketTimeout}),
 *       which is more than a statement waits for a lock
 *   <li>a statement that is long by nature, such as a migration or the rows of a release: {@value #LONG_FACTOR} times
 *       as long
 *   <li>anything, once the server has not answered within one of these limits, until it answers again:
 *       {@value #SILENT_SECONDS} s ({@link BoundedSockets}), so that a run whose database stalls ends soon
 * </ul>
 */
public final class StorageTimeouts {

    /** For connecting, and for logging in. */
    public static final int CONNECT_SECONDS = 15;

    /** For the answer to a statement. */
    public static final int ANSWER_SECONDS = 90;

    /** For anything, after the server has not answered within such a limit, until it answers. */
    public static final int SILENT_SECONDS = 1;

    /** How many times as long a long statement may take. */
    public static final int LONG_FACTOR = 30;

    /** How long a statement waits for a lock of another session, such as one of a suspended process. */
    private static final int LOCK_SECONDS = 60;

    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern ANSWER = Pattern.compile("[?&]socketTimeout=([0-9]{1,6})(?:&|$)");

    private StorageTimeouts() {}

    /** The driver's settings for a database; none for an embedded one. */
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

    /** A single connection to a database, with its limits. */
    public static Connection connect(String jdbcUrl, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(driverSettings(jdbcUrl));
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return DriverManager.getConnection(DatabaseUrl.opening(jdbcUrl), properties);
    }

    /**
     * What a session of a server begins with: it does not wait for a lock for ever, and the server does not keep the
     * locks of a client that the network has lost for hours.
     */
    public static String sessionSql() {
        return "set lock_timeout = '" + LOCK_SECONDS
                + "s'; set tcp_keepalives_idle = 60; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 6";
    }

    /** Lets the next statements of this connection be long; a pool ends that when it gets the connection back. */
    public static Connection allowLong(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        if (isServer(url)) {
            connection.setNetworkTimeout(Runnable::run, Math.multiplyExact(answerSeconds(url), 1000 * LONG_FACTOR));
        }
        return connection;
    }

    /** How long to wait for a connection of a pool, which needs several answers; less while the server is silent. */
    public static long connectMillis(String jdbcUrl) {
        return 1000L * (BoundedSockets.isSilent(server(jdbcUrl)) ? 2 * SILENT_SECONDS : CONNECT_SECONDS);
    }

    /** Records that a pool had no connection in time: the server counts as silent, also if it refuses them. */
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
