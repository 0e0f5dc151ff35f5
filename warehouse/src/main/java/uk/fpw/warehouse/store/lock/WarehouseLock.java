package uk.fpw.warehouse.store.lock;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.failure.TimeLimit;
import uk.fpw.warehouse.store.files.DurableCommit;

/**
 * The lock of one warehouse: a row in {@code ops.warehouse_lock}. Each holder gets a fencing token, one higher than the
 * last, and checks before every commit that its token is still the latest. So a process wrongly considered dead, or an
 * orphaned child process, cannot write at the same time as its successor.
 *
 * <p>The lock is taken over from a holder whose process no longer exists on this host, or which has had no heartbeat
 * for {@link #STALE_AFTER}. All times are database times, so the clocks of hosts need not agree.
 */
public final class WarehouseLock implements LockGuard, AutoCloseable {

    /** Interval between heartbeats. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Time without heartbeat after which a holder is considered dead. */
    public static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(WarehouseLock.class);

    private static final int ATTEMPTS = 5;

    /** Time limit for one attempt. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Interval between attempts while waiting. */
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(2);

    private final ConnectionSource connections;
    private final LockHolder holder;
    private final long token;
    private final @Nullable LockHolder predecessor;
    private final ScheduledExecutorService heartbeat;

    private WarehouseLock(
            ConnectionSource connections,
            LockHolder holder,
            long token,
            @Nullable LockHolder predecessor,
            Duration interval) {
        this.connections = connections;
        this.holder = holder;
        this.token = token;
        this.predecessor = predecessor;
        this.heartbeat = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "warehouse-lock-heartbeat");
            thread.setDaemon(true);
            return thread;
        });
        var unused = heartbeat.scheduleWithFixedDelay(
                this::renewHeartbeat, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the lock for this process, or fails immediately.
     *
     * @throws FpwException with {@code LOCK_HELD} naming the holder, if another live process has it; with
     *     {@code UNAVAILABLE} if the database does not respond
     */
    public static WarehouseLock acquire(ConnectionSource connections, String runId) {
        return acquire(connections, runId, ZoneOffset.UTC);
    }

    /**
     * Takes the lock for this process, or fails immediately.
     *
     * @param zone time zone for times in messages
     * @throws FpwException as {@link #acquire(ConnectionSource, String)}
     */
    public static WarehouseLock acquire(ConnectionSource connections, String runId, ZoneId zone) {
        return acquire(connections, LockHolder.thisProcess(runId), HEARTBEAT, zone);
    }

    /**
     * Takes the lock for this process, waiting while another process holds it. Waiting processes do not queue: any of
     * them may be next.
     *
     * @param timeout how long to wait; zero fails immediately
     * @param waiting called before each wait with the reason; may throw to stop waiting, for example on shutdown
     * @throws FpwException as {@link #acquire(ConnectionSource, String)}, from the last attempt
     */
    public static WarehouseLock acquire(
            ConnectionSource connections,
            String runId,
            ZoneId zone,
            Duration timeout,
            Consumer<? super FpwException> waiting) {
        long began = System.nanoTime();
        boolean wasHeld = false;
        while (true) {
            Attempt attempt =
                    TimeLimit.within(ANSWER, () -> Attempt.of(connections, runId, zone), WarehouseLock::silent);
            FpwException failed = attempt.failure;
            if (failed == null) {
                return Objects.requireNonNull(attempt.lock);
            }
            wasHeld |= failed.exitCode() == ExitCode.LOCK_HELD;
            Duration left = timeout.minusNanos(System.nanoTime() - began);
            // The holder of an embedded database serves it to all processes; for a moment after it ends, nobody does.
            if (!wasHeld || left.isNegative() || left.isZero()) {
                throw failed;
            }
            waiting.accept(failed);
            sleep(left.compareTo(BETWEEN_ATTEMPTS) < 0 ? left : BETWEEN_ATTEMPTS, failed);
        }
    }

    /** The result of one attempt: the lock, or why it was not available. */
    private record Attempt(
            @Nullable WarehouseLock lock, @Nullable FpwException failure) implements AutoCloseable {

        static Attempt of(ConnectionSource connections, String runId, ZoneId zone) {
            try {
                return new Attempt(acquire(connections, runId, zone), null);
            } catch (FpwException failed) {
                return new Attempt(null, failed);
            }
        }

        /** Releases a lock that was acquired after the caller had stopped waiting. */
        @Override
        public void close() {
            if (lock != null) {
                lock.close();
            }
        }
    }

    private static void sleep(Duration time, FpwException why) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }

    static WarehouseLock acquire(ConnectionSource connections, LockHolder holder, Duration interval) {
        return acquire(connections, holder, interval, ZoneOffset.UTC);
    }

    private static WarehouseLock acquire(
            ConnectionSource connections, LockHolder holder, Duration interval, ZoneId zone) {
        try (Connection connection = connections.open()) {
            LockRow.ensure(connection);
            connection.setAutoCommit(false);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                LockRow row = LockRow.read(connection);
                LockHolder held = row.holder();
                if (held != null && !row.isSilent() && !held.isDead()) {
                    connection.rollback();
                    throw row.heldBy(held, zone);
                }
                LockRow.limitWait(connection);
                if (LockRow.acquire(connection, row.token(), holder)) {
                    connection.commit();
                    return new WarehouseLock(connections, holder, row.token() + 1, held, interval);
                }
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw unavailable("take", failed);
        }
        throw new FpwException(
                ExitCode.LOCK_HELD,
                "other runs took the warehouse lock each time this run tried to; run again when they have ended");
    }

    /**
     * A guard for another process of the same run, such as the Spark process. It neither takes nor renews the lock, but
     * checks that the token is still valid.
     */
    public static LockGuard guard(ConnectionSource connections, long token) {
        return () -> {
            try (Connection connection = connections.open()) {
                LockRow.check(connection, token, "");
            } catch (SQLException failed) {
                throw unavailable("check", failed);
            }
        };
    }

    /**
     * Like {@link #check()}, within the caller's transaction: until it ends, no other process can take the lock. For
     * the transaction that makes a release current.
     *
     * @throws FpwException with {@code LOCK_HELD} if another process has taken the lock over
     */
    public static void checkAndHold(Connection connection, long token) throws SQLException {
        LockRow.check(connection, token, " for update");
    }

    /**
     * The holder of the lock, and since when it holds it.
     *
     * @param heartbeatAt its last heartbeat, in database time
     */
    public record Holding(
            LockHolder holder,
            @Nullable Instant acquiredAt,
            @Nullable Instant heartbeatAt) {

        /** Whether the process has certainly ended without releasing the lock; the next run takes it over. */
        public boolean hasEnded() {
            return holder.isDead();
        }
    }

    /** The holder of the lock; null if it is free. */
    public static @Nullable Holding holding(Connection connection) throws SQLException {
        if (latestToken(connection) == 0) {
            return null;
        }
        LockRow row = LockRow.read(connection);
        return row.holder() == null ? null : new Holding(row.holder(), row.acquiredAt(), row.heartbeatAt());
    }

    /** The token of the latest holder; 0 before the first. */
    public static long latestToken(Connection connection) throws SQLException {
        return LockRow.latestToken(connection);
    }

    /**
     * Frees the lock in a restored database, since its holder at the time of the dump holds the lock of the original.
     */
    public static void free(Connection connection) throws SQLException {
        LockRow.release(connection, latestToken(connection));
    }

    /** Token of this holder; higher than that of every earlier one. */
    public long token() {
        return token;
    }

    /** The holder from whom the lock was taken over because it was dead; null if the lock was free. */
    public @Nullable LockHolder predecessor() {
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

    /**
     * Releases the lock unless another process has taken it over. Does not fail: a lock that cannot be released is
     * taken over later.
     */
    @Override
    public void close() {
        endHeartbeat();
        try (Connection connection = connections.open()) {
            LockRow.release(connection, token);
        } catch (SQLException failed) {
            LOG.warn("could not release the warehouse lock of run {}; the next run takes it over", holder, failed);
        }
    }

    /** Waits for a heartbeat in progress: interrupting a thread while it writes would close H2's file. */
    private void endHeartbeat() {
        heartbeat.shutdown();
        try {
            if (!heartbeat.awaitTermination(ANSWER.toSeconds(), TimeUnit.SECONDS)) {
                heartbeat.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void renewHeartbeat() {
        try (Connection connection = connections.open()) {
            if (!LockRow.renewHeartbeat(connection, token)) {
                LOG.error("the warehouse lock of run {} was taken over; nothing more can be committed", holder);
                heartbeat.shutdown();
            }
            // H2 keeps what the last synced state needs for 45 s only, and other connections of a run may sync less
            // often.
            DurableCommit.sync(connection);
        } catch (SQLException | RuntimeException failed) {
            LOG.warn("could not renew the warehouse lock of run {}; trying again", holder, failed);
        }
    }

    private static FpwException silent() {
        return FpwException.unavailable("the database has not responded for " + ANSWER.toSeconds()
                + " s while acquiring the warehouse lock. An embedded database is "
                + "served by the process that opened it first:"
                + " if that process is suspended, resume it (kill -CONT PID) or end it, then run again");
    }

    private static FpwException unavailable(String what, SQLException cause) {
        return FpwException.unavailable(
                "could not " + what + " the warehouse lock; the database reports: " + DatabaseErrors.reason(cause)
                        + ". Check that the database responds, then run again",
                cause);
    }
}
