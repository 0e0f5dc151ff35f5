package uk.fpw.warehouse.lock;

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
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;
import uk.fpw.warehouse.run.TimeLimit;

/**
 * The lock of one warehouse: a row in {@code ops.warehouse_lock}. Every holder gets a token one higher than the last, and whoever is about to commit asks
 * whether its token is still the latest; so a process that was taken for dead, or an orphan, cannot write beside its successor.
 *
 * <p>A lock is taken over from a holder whose process is gone from this host, or which gave no sign of life for {@link #STALE_AFTER}. All times are the
 * database's, so that the clocks of two hosts need not agree.
 */
public final class WarehouseLock implements LockGuard, AutoCloseable {

    /** Time between two signs of life. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Silence after which a holder is taken for dead. */
    public static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(WarehouseLock.class);

    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'in' VV");

    private static final String NAME = "warehouse";

    private static final int ATTEMPTS = 5;

    private static final int PATIENCE_SECONDS = 5;

    /** How long the database may take to answer one attempt. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Time between two attempts of one who waits. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final ConnectionSource connections;
    private final Holder holder;
    private final long token;
    private final @Nullable Holder predecessor;
    private final ScheduledExecutorService heartbeat;

    private WarehouseLock(
            ConnectionSource connections, Holder holder, long token, @Nullable Holder predecessor, Duration beat) {
        this.connections = connections;
        this.holder = holder;
        this.token = token;
        this.predecessor = predecessor;
        this.heartbeat = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "warehouse-lock-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        var unused =
                heartbeat.scheduleWithFixedDelay(this::beat, beat.toMillis(), beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lock for this process, or fails at once.
     *
     * @throws NightFailure with {@code LOCK_HELD} naming the holder if another live process has it; with {@code UNAVAILABLE} if the database does not answer
     */
    public static WarehouseLock acquire(ConnectionSource connections, String runId) {
        return acquire(connections, runId, ZoneOffset.UTC);
    }

    /**
     * Takes the lock for this process, or fails at once.
     *
     * @param zone zone in which a failure tells since when the lock is held
     * @throws NightFailure as {@link #acquire(ConnectionSource, String)}
     */
    public static WarehouseLock acquire(ConnectionSource connections, String runId, ZoneId zone) {
        return acquire(connections, Holder.thisProcess(runId), HEARTBEAT, zone);
    }

    /**
     * Takes the lock for this process, and waits for it while another holds it. Who waits is not in a queue: of several, any may be next.
     *
     * @param patience how long to wait; zero fails at once
     * @param waiting told before each wait why the lock could not be had; may throw to give up, such as when the process is to end
     * @throws NightFailure as {@link #acquire(ConnectionSource, String)}, of the last attempt
     */
    public static WarehouseLock acquire(
            ConnectionSource connections,
            String runId,
            ZoneId zone,
            Duration patience,
            Consumer<? super NightFailure> waiting) {
        long began = System.nanoTime();
        boolean wasHeld = false;
        while (true) {
            Attempt attempt =
                    TimeLimit.within(ANSWER, () -> Attempt.of(connections, runId, zone), WarehouseLock::silent);
            NightFailure failed = attempt.failure;
            if (failed == null) {
                return Objects.requireNonNull(attempt.lock);
            }
            wasHeld |= failed.exitCode() == ExitCode.LOCK_HELD;
            Duration left = patience.minusNanos(System.nanoTime() - began);
            // The holder of an embedded database serves it to all; for a moment after its end nobody does.
            if (!wasHeld || left.isNegative() || left.isZero()) {
                throw failed;
            }
            waiting.accept(failed);
            sleep(left.compareTo(BETWEEN_ATTEMPTS) < 0 ? left : BETWEEN_ATTEMPTS, failed);
        }
    }

    /** One attempt: the lock, or why it could not be had. */
    private record Attempt(
            @Nullable WarehouseLock lock, @Nullable NightFailure failure) {

        static Attempt of(ConnectionSource connections, String runId, ZoneId zone) {
            try {
                return new Attempt(acquire(connections, runId, zone), null);
            } catch (NightFailure failed) {
                return new Attempt(null, failed);
            }
        }
    }

    private static void sleep(Duration time, NightFailure why) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }

    static WarehouseLock acquire(ConnectionSource connections, Holder holder, Duration beat) {
        return acquire(connections, holder, beat, ZoneOffset.UTC);
    }

    private static WarehouseLock acquire(ConnectionSource connections, Holder holder, Duration beat, ZoneId zone) {
        try (Connection connection = connections.open()) {
            ensureRow(connection);
            connection.setAutoCommit(false);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Row row = read(connection);
                if (row.holder != null && !row.isSilent() && !row.holder.isDead()) {
                    connection.rollback();
                    throw heldBy(row.holder, row, zone);
                }
                boundWait(connection);
                if (take(connection, row.token, holder)) {
                    connection.commit();
                    return new WarehouseLock(connections, holder, row.token + 1, row.holder, beat);
                }
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw unavailable("take", failed);
        }
        throw new NightFailure(
                ExitCode.LOCK_HELD,
                "other nights took the warehouse lock each time this one tried to; run again when they have ended");
    }

    /**
     * A guard for another process of the same night, such as the Spark process: it neither takes nor keeps the lock, it only asks whether the token still counts.
     */
    public static LockGuard guard(ConnectionSource connections, long token) {
        return () -> {
            try (Connection connection = connections.open()) {
                check(connection, token);
            } catch (SQLException failed) {
                throw unavailable("check", failed);
            }
        };
    }

    /**
     * Like {@link #check()}, inside the caller's transaction: until that ends nobody can take the lock. For the flip.
     *
     * @throws NightFailure with {@code LOCK_HELD} if a successor has taken the lock
     */
    public static void checkAndHold(Connection connection, long token) throws SQLException {
        check(connection, token, " for update");
    }

    /** Number of this holder; larger than that of every earlier one. */
    public long token() {
        return token;
    }

    /** The holder from whom the lock was taken over because it was dead or silent; null if the lock was free. */
    public @Nullable Holder predecessor() {
        return predecessor;
    }

    @Override
    public void check() {
        guard(connections, token).check();
    }

    @Override
    public void check(Connection transaction) {
        try {
            checkAndHold(transaction, token);
        } catch (SQLException failed) {
            throw unavailable("check", failed);
        }
    }

    /** Gives the lock back, unless a successor has it already. Does not fail: a lock that could not be given back is taken over later. */
    @Override
    public void close() {
        heartbeat.shutdownNow();
        try (Connection connection = connections.open()) {
            update(connection, """
                    update ops.warehouse_lock
                    set run_id = null, host = null, pid = null, process_started_at = null, acquired_at = null, heartbeat_at = null
                    where name = ? and token = ?""");
        } catch (SQLException failed) {
            LOG.warn("could not give back the warehouse lock of run {}; the next night takes it over", holder, failed);
        }
    }

    private void beat() {
        try (Connection connection = connections.open()) {
            int rows = update(
                    connection,
                    "update ops.warehouse_lock set heartbeat_at = current_timestamp where name = ? and token = ?");
            if (rows == 0) {
                LOG.error("the warehouse lock of run {} was taken over; nothing more can be committed", holder);
                heartbeat.shutdown();
            }
        } catch (SQLException | RuntimeException failed) {
            LOG.warn("could not renew the warehouse lock of run {}; trying again", holder, failed);
        }
    }

    private int update(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, NAME);
            statement.setLong(2, token);
            return statement.executeUpdate();
        }
    }

    private static void ensureRow(Connection connection) throws SQLException {
        String sql = """
                insert into ops.warehouse_lock (name, token)
                select cast(? as varchar(100)), 0
                where not exists (select 1 from ops.warehouse_lock where name = ?)""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, NAME);
            insert.setString(2, NAME);
            insert.executeUpdate();
        } catch (SQLException raced) {
            // Another first night made the row in the same moment; any other failure shows again when the row is read.
            LOG.debug("the row of the warehouse lock is there already", raced);
        }
    }

    /**
     * A holder in the middle of its flip keeps the row locked. H2 gives up waiting by itself; PostgreSQL would wait for as long as that transaction lasts, for hours if its host has gone.
     */
    private static void boundWait(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local lock_timeout = '" + PATIENCE_SECONDS + "s'");
            }
        }
    }

    private static boolean take(Connection connection, long token, Holder holder) throws SQLException {
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

    private static void check(Connection connection, long token) throws SQLException {
        check(connection, token, "");
    }

    private static void check(Connection connection, long token, String suffix) throws SQLException {
        String sql = "select token, run_id from ops.warehouse_lock where name = ?" + suffix;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, NAME);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next() || rows.getLong("token") != token || rows.getString("run_id") == null) {
                    throw new NightFailure(
                            ExitCode.LOCK_HELD,
                            "this process no longer holds the warehouse lock (token " + token
                                    + "): another night took it over, or it was given back. Nothing more was committed; the night"
                                    + " that holds the lock does the work");
                }
            }
        }
    }

    private static Row read(Connection connection) throws SQLException {
        String sql = """
                select token, run_id, host, pid, process_started_at, acquired_at, heartbeat_at, current_timestamp as now_at
                from ops.warehouse_lock
                where name = ?""";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, NAME);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    throw new SQLException("ops.warehouse_lock has no row '" + NAME + "'");
                }
                String runId = rows.getString("run_id");
                Holder holder = runId == null
                        ? null
                        : new Holder(
                                runId,
                                rows.getString("host"),
                                rows.getLong("pid"),
                                instant(rows, "process_started_at"));
                return new Row(
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

    private static NightFailure heldBy(Holder holder, Row row, ZoneId zone) {
        String since = row.acquiredAt == null ? "?" : SECOND.format(row.acquiredAt.atZone(zone));
        long silent = row.silence().toSeconds();
        return new NightFailure(
                ExitCode.LOCK_HELD,
                String.format(
                        Locale.ROOT,
                        "another night holds the warehouse: run %s, process %d on host %s, since %s, last sign of life %d s ago."
                                + " Wait until it has ended, then run again; should that process be gone, its lock can be taken %d s"
                                + " after its last sign of life, at once from its own host",
                        holder.runId(),
                        holder.pid(),
                        holder.host(),
                        since,
                        silent,
                        STALE_AFTER.toSeconds()));
    }

    private static NightFailure silent() {
        return new NightFailure(
                ExitCode.UNAVAILABLE,
                "the database has not answered for " + ANSWER.toSeconds()
                        + " s while the warehouse lock was to be taken. An embedded database is served by the process that opened it first:"
                        + " if that one is suspended, let it go on (kill -CONT PID) or end it, then run again");
    }

    private static NightFailure unavailable(String what, SQLException cause) {
        return new NightFailure(
                ExitCode.UNAVAILABLE,
                "could not " + what + " the warehouse lock, the database says: " + cause.getMessage()
                        + ". Check that the database answers, then run again",
                cause);
    }

    private record Row(
            long token,
            @Nullable Holder holder,
            @Nullable Instant acquiredAt,
            @Nullable Instant heartbeatAt,
            Instant now) {

        Duration silence() {
            return heartbeatAt == null ? STALE_AFTER : Duration.between(heartbeatAt, now);
        }

        boolean isSilent() {
            return silence().compareTo(STALE_AFTER) >= 0;
        }
    }
}
