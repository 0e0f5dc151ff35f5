package uk.fpw.warehouse.store.lock;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The row of the lock in {@code ops.warehouse_lock}, as read.
 *
 * @param token token of the latest holder
 * @param holder the holder; null if the lock is free
 * @param now database time when the row was read
 */
record LockRow(
        long token,
        @Nullable LockHolder holder,
        @Nullable Instant acquiredAt,
        @Nullable Instant heartbeatAt,
        Instant now) {

    static final String NAME = "warehouse";

    private static final Logger LOG = LoggerFactory.getLogger(LockRow.class);
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'in' VV");
    private static final int LOCK_TIMEOUT_SECONDS = 5;

    /** Inserts the row if it does not exist yet. */
    static void ensure(Connection connection) throws SQLException {
        String sql = """
                insert into ops.warehouse_lock (name, token)
                select cast(? as varchar(100)), 0
                where not exists (select 1 from ops.warehouse_lock where name = ?)""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, NAME);
            insert.setString(2, NAME);
            insert.executeUpdate();
        } catch (SQLException raced) {
            // Another first run may have inserted the row at the same time; any other failure recurs when the row is
            // read.
            LOG.debug("the row of the warehouse lock already exists", raced);
        }
    }

    /**
     * A holder in the middle of the transaction that makes a release current keeps the row locked. H2 has its own
     * timeout; PostgreSQL would wait until that transaction ends, for hours if its host is gone.
     */
    static void limitWait(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '" + LOCK_TIMEOUT_SECONDS + "s'");
            }
        }
    }

    /** Takes the lock over from the holder with that token; false if another process was faster. */
    static boolean acquire(Connection connection, long token, LockHolder holder) throws SQLException {
        String sql = """
                update ops.warehouse_lock
                set token = token + 1, run_id = ?, host = ?, pid = ?, process_started_at = ?,
                    acquired_at = current_timestamp, heartbeat_at = current_timestamp
                where name = ? and token = ?""";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, holder.runId());
            update.setString(2, holder.host());
            update.setLong(3, holder.pid());
            Instant started = holder.processStartedAt();
            update.setObject(4, started == null ? null : started.atOffset(ZoneOffset.UTC));
            update.setString(5, NAME);
            update.setLong(6, token);
            return update.executeUpdate() == 1;
        }
    }

    /** Fails unless the holder with that token still holds the lock. The suffix of the query may lock the row. */
    static void check(Connection connection, long token, String suffix) throws SQLException {
        String sql = "select token, run_id from ops.warehouse_lock where name = ?" + suffix;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, NAME);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next() || rows.getLong("token") != token || rows.getString("run_id") == null) {
                    throw new FpwException(
                            ExitCode.LOCK_HELD,
                            "this process no longer holds the warehouse lock (token " + token
                                    + "): another run took it over, or it was "
                                    + "released. Nothing more was committed;"
                                    + " the run that holds the lock does the work");
                }
            }
        }
    }

    static LockRow read(Connection connection) throws SQLException {
        String sql = """
                select token, run_id, host, pid, process_started_at, acquired_at, heartbeat_at, current_timestamp as \
                now_at
                from ops.warehouse_lock
                where name = ?""";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, NAME);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("ops.warehouse_lock has no row '" + NAME + "'");
                }
                String runId = rows.getString("run_id");
                LockHolder holder = runId == null
                        ? null
                        : new LockHolder(
                                runId,
                                rows.getString("host"),
                                rows.getLong("pid"),
                                instant(rows, "process_started_at"));
                return new LockRow(
                        rows.getLong("token"),
                        holder,
                        instant(rows, "acquired_at"),
                        instant(rows, "heartbeat_at"),
                        rows.getObject("now_at", OffsetDateTime.class).toInstant());
            }
        }
    }

    private static @Nullable Instant instant(ResultSet rows, String column) throws SQLException {
        OffsetDateTime value = rows.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** The message for a process that cannot get the lock. */
    FpwException heldBy(LockHolder held, ZoneId zone) {
        String since = acquiredAt == null ? "?" : SECOND.format(acquiredAt.atZone(zone));
        long silent = silence().toSeconds();
        return new FpwException(
                ExitCode.LOCK_HELD,
                String.format(
                        Locale.ROOT,
                        "another run holds the warehouse lock: run %s, process %d on "
                                + "host %s, since %s, last heartbeat"
                                + " %d s ago. Wait until it has ended, then run again; if that process no longer "
                                + "exists, its lock can be taken over %d"
                                + " s after its last heartbeat, or immediately from its own host",
                        held.runId(),
                        held.pid(),
                        held.host(),
                        since,
                        silent,
                        WarehouseLock.STALE_AFTER.toSeconds()));
    }

    private Duration silence() {
        return heartbeatAt == null ? WarehouseLock.STALE_AFTER : Duration.between(heartbeatAt, now);
    }

    /** Releases the lock unless another process has taken it over. */
    static void release(Connection connection, long token) throws SQLException {
        update(connection, token, """
                update ops.warehouse_lock
                set run_id = null, host = null, pid = null, process_started_at = null, acquired_at = null, \
                heartbeat_at = null
                where name = ? and token = ?""");
    }

    /** Writes a heartbeat; false if another process has taken the lock over. */
    static boolean renewHeartbeat(Connection connection, long token) throws SQLException {
        return update(
                        connection,
                        token,
                        "update ops.warehouse_lock set heartbeat_at = current_timestamp where name = ? and token = ?")
                > 0;
    }

    private static int update(Connection connection, long token, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, NAME);
            statement.setLong(2, token);
            return statement.executeUpdate();
        }
    }

    /** The token of the latest holder; 0 before the first. */
    static long latestToken(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select max(token) from ops.warehouse_lock");
                ResultSet rows = select.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Whether the holder must be considered dead. */
    boolean isSilent() {
        return silence().compareTo(WarehouseLock.STALE_AFTER) >= 0;
    }
}
