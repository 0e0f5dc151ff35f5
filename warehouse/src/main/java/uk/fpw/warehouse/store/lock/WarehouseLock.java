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
 * The lock of one warehouse: a row in {@code ops.warehouse_lock}. Every holder gets a token one higher than the last (a
 * fencing token), and checks before each commit that its token is still the latest; so a process that was considered
 * dead, or an orphan, cannot write at the same time as its successor.
 *
 * <p>A lock is taken over from a holder whose process no longer exists on this host, or which had no heartbeat for
 * {@link #STALE_AFTER}. All times are the database's, so that the clocks of two hosts need not agree.
 */
public final class WarehouseLock implements LockGuard, AutoCloseable {

    /** Time between two signs of life. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Silence after which a holder is taken for dead. */
    public static final Duration STALE_AFTER = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(WarehouseLock.class);

    private static final int ATTEMPTS = 5;

    /** Timeout of the database for one attempt. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** Time between two attempts of one who waits. */
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
     * @throws FpwException with {@code LOCK_HELD} with the holder if another live process has it; with
     *     {@code UNAVAILABLE} if the database does not respond
     */
    public static WarehouseLock acquire(ConnectionSource connections, String runId) {
        return acquire(connections, runId, ZoneOffset.UTC);
    }

    /**
     * Takes the lock for this process, or fails immediately.
     *
     * @param zone zone in which a failure tells since when the lock is held
     * @throws FpwException as {@link #acquire(ConnectionSource, String)}
     */
    public static WarehouseLock acquire(ConnectionSource connections, String runId, ZoneId zone) {
        return acquire(connections, LockHolder.thisProcess(runId), HEARTBEAT, zone);
    }

    /**
     * Takes the lock for this process, and waits for it while another holds it. Who waits is not in a queue: of
     * several, any may be next.
     *
     * @param timeout how long to wait; zero fails immediately
     * @param waiting called before each wait with the reason; may throw to stop waiting, for
     *     example on shutdown
     * @throws FpwException as {@link #acquire(ConnectionSource, String)}, of the last attempt
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
            // The holder of an embedded database serves it to all processes; for a moment after its end it is not
            // served.
            if (!wasHeld || left.isNegative() || left.isZero()) {
                throw failed;
            }
            waiting.accept(failed);
            sleep(left.compareTo(BETWEEN_ATTEMPTS) < 0 ? left : BETWEEN_ATTEMPTS, failed);
        }
    }

    /** One attempt: the lock, or why it could not be had. */
    private record Attempt(
            @Nullable WarehouseLock lock, @Nullable FpwException failure) implements AutoCloseable {

        static Attempt of(ConnectionSource connections, String runId, ZoneId zone) {
            try {
                return new Attempt(acquire(connections, runId, zone), null);
            } catch (FpwException failed) {
                return new Attempt(null, failed);
            }
        }

        /** Releases a lock that came when nobody waited for it any more. */
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
                LockRow.boundWait(connection);
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
     * A guard for another process of the same run, such as the Spark process: it neither takes nor renews the lock,
     * it only checks whether the token is still valid.
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
     * Like {@link #check()}, inside the caller's transaction: until it ends no other process can take the lock. For the
     * switch.
     *
     * @throws FpwException with {@code LOCK_HELD} if a successor has taken the lock
     */
    public static void checkAndHold(Connection connection, long token) throws SQLException {
        LockRow.check(connection, token, " for update");
    }

    /**
     * Who holds the lock, and since when.
     *
     * @param heartbeatAt its last heartbeat, by the database's clock
     */
    public record Holding(
            LockHolder holder,
            @Nullable Instant acquiredAt,
            @Nullable Instant heartbeatAt) {

        /** Whether its process certainly has ended, without giving the lock back: the next run takes it over. */
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

    /** The number of the latest holder; 0 before the first. */
    public static long latestToken(Connection connection) throws SQLException {
        return LockRow.latestToken(connection);
    }

    /** Frees the lock in a restored database: whoever held it when it was dumped holds that of the original. */
    public static void free(Connection connection) throws SQLException {
        LockRow.release(connection, latestToken(connection));
    }

    /** Number of this holder; larger than that of every earlier one. */
    public long token() {
        return token;
    }

    /** The holder from whom the lock was taken over because it was dead or silent; null if the lock was free. */
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
     * Releases the lock, unless a successor has it already. Does not fail: a lock that could not be released is
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

    /** Waits for one that is under way: a thread that is interrupted as it writes closes the file of H2. */
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
            // H2 keeps what the last synced state needs for 45 s; others of a run may sync less often
            DurableCommit.sync(connection);
        } catch (SQLException | RuntimeException failed) {
            LOG.warn("could not renew the warehouse lock of run {}; trying again", holder, failed);
        }
    }

    private static FpwException silent() {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                "the database has not responded for " + ANSWER.toSeconds()
                        + " s while acquiring the warehouse lock. An embedded database is "
                        + "served by the process that opened it first:"
                        + " if that process is suspended, resume it (kill -CONT PID) or end it, then run again");
    }

    private static FpwException unavailable(String what, SQLException cause) {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                "could not " + what + " the warehouse lock; the database reports: " + DatabaseErrors.reason(cause)
                        + ". Check that the database responds, then run again",
                cause);
    }
}
