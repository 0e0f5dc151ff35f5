package uk.fpw.warehouse.store.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

class WarehouseLockIT {

    private final TestDatabase database = database();
    private final ConnectionSource connections = database::open;

    TestDatabase database() {
        return TestDatabase.inMemory("lock");
    }

    @BeforeEach
    void createTables() throws SQLException {
        database.baseline();
    }

    @AfterEach
    void dropDatabase() throws SQLException {
        if (database != null) { // Without Docker nothing was opened.
            database.drop();
        }
    }

    @Test
    void secondHolderIsRejectedWithTheNameOfTheFirst() throws Exception {
        try (WarehouseLock first = WarehouseLock.acquire(connections, "night-1")) {
            assertThat(first.predecessor()).isNull();
            assertThatThrownBy(() -> WarehouseLock.acquire(connections, "night-2"))
                    .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.LOCK_HELD))
                    .hasMessageMatching("another run holds the warehouse lock: run night-1, process "
                            + ProcessHandle.current().pid()
                            + " on host "
                            + Pattern.quote(LockHolder.thisProcess("night-1").host())
                            + ", since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d in Z, last heartbeat \\d+ s ago\\."
                            + " Wait until it has ended, then run again; if that process no longer exists,"
                            + " its lock can be taken over 120 s after its last heartbeat, or immediately from its own "
                            + "host");
            first.check();
        }
    }

    @Test
    void whoWaitsGetsTheLockWhenItsHolderGivesItBack() {
        WarehouseLock first = WarehouseLock.acquire(connections, "night-1");
        List<String> reasons = new ArrayList<>();
        try (WarehouseLock second =
                WarehouseLock.acquire(connections, "night-2", ZoneOffset.UTC, Duration.ofMinutes(10), held -> {
                    reasons.add(String.valueOf(held.getMessage()).split(",", 2)[0]);
                    first.close();
                })) {
            assertThat(reasons).containsExactly("another run holds the warehouse lock: run night-1");
            assertThat(second.token()).isEqualTo(first.token() + 1);
            assertRefused(first);
        }
    }

    @Test
    void whoWaitsGivesUpInTheEndOrWhenToldTo() {
        try (WarehouseLock first = WarehouseLock.acquire(connections, "night-1")) {
            assertThatThrownBy(() -> WarehouseLock.acquire(
                            connections, "night-2", ZoneOffset.UTC, Duration.ofMillis(50), held -> {}))
                    .isInstanceOf(FpwException.class)
                    .hasMessageStartingWith("another run holds the warehouse lock: run night-1,");
            assertThatThrownBy(() -> WarehouseLock.acquire(
                            connections, "night-2", ZoneOffset.UTC, Duration.ofMinutes(10), held -> {
                                throw new IllegalStateException("a signal came");
                            }))
                    .hasMessage("a signal came");
            first.check();
        }
    }

    @Test
    void databaseThatDoesNotAnswerIsNotWaitedFor() {
        ConnectionSource silent = () -> {
            throw new SQLException("nobody there");
        };
        assertThatThrownBy(
                        () -> WarehouseLock.acquire(silent, "night-1", ZoneOffset.UTC, Duration.ofMinutes(10), held -> {
                            throw new IllegalStateException("waited");
                        }))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE));
    }

    @Test
    void tokenGrowsWithEveryHolder() {
        long first;
        try (WarehouseLock lock = WarehouseLock.acquire(connections, "night-1")) {
            first = lock.token();
        }
        try (WarehouseLock lock = WarehouseLock.acquire(connections, "night-2")) {
            assertThat(lock.token()).isEqualTo(first + 1);
            assertThat(lock.predecessor()).isNull();
        }
    }

    @Test
    void lockOfADeadProcessIsTakenOverAndItsTokenRefused() throws Exception {
        LockHolder dead = holder("night-1", deadPid(), null);
        try (WarehouseLock orphan = WarehouseLock.acquire(connections, dead, never());
                WarehouseLock successor = WarehouseLock.acquire(connections, "night-2")) {
            assertThat(successor.token()).isEqualTo(orphan.token() + 1);
            assertThat(successor.predecessor()).isEqualTo(dead);
            assertRefused(orphan);
            assertRefused(WarehouseLock.guard(connections, orphan.token()));
            WarehouseLock.guard(connections, successor.token()).check();
        }
    }

    @Test
    void lockOfAProcessWhosePidWasGivenToAnotherIsTakenOver() throws Exception {
        Instant longAgo = Instant.parse("2016-01-12T06:00:00Z");
        LockHolder reused = holder("night-1", ProcessHandle.current().pid(), longAgo);
        try (WarehouseLock orphan = WarehouseLock.acquire(connections, reused, never());
                WarehouseLock successor = WarehouseLock.acquire(connections, "night-2")) {
            assertThat(successor.predecessor()).isEqualTo(reused);
            assertRefused(orphan);
        }
    }

    /** Such as two containers on one machine: the pid of one does not exist in the other. */
    @Test
    void lockOfAnotherContainerOfThisHostNameIsNotTakenForThatOfADeadProcess() throws Exception {
        LockHolder elsewhere =
                new LockHolder("night-1", InetAddress.getLocalHost().getHostName() + " (0a1b2c3d)", deadPid(), null);
        try (WarehouseLock first = WarehouseLock.acquire(connections, elsewhere, never())) {
            assertThatThrownBy(() -> WarehouseLock.acquire(connections, "night-2"))
                    .isInstanceOf(FpwException.class)
                    .hasMessageContaining("(0a1b2c3d)");
            first.check();
        }
    }

    @Test
    void lockOfAnotherHostIsTakenOverOnlyAfterTwoMinutesOfSilence() throws Exception {
        LockHolder elsewhere = new LockHolder("night-1", "another-host", 1, null);
        try (WarehouseLock silent = WarehouseLock.acquire(connections, elsewhere, never())) {
            silentFor(Duration.ofSeconds(110));
            assertThatThrownBy(() -> WarehouseLock.acquire(connections, "night-2"))
                    .isInstanceOf(FpwException.class);
            silentFor(Duration.ofSeconds(121));
            try (WarehouseLock successor = WarehouseLock.acquire(connections, "night-2")) {
                assertThat(successor.predecessor()).isEqualTo(elsewhere);
                assertRefused(silent);
            }
        }
    }

    @Test
    void orphanDoesNotGiveBackTheLockOfItsSuccessor() throws Exception {
        WarehouseLock orphan = WarehouseLock.acquire(connections, holder("night-1", deadPid(), null), never());
        try (WarehouseLock successor = WarehouseLock.acquire(connections, "night-2")) {
            orphan.close();
            successor.check();
        }
    }

    @Test
    void lockThatWasGivenBackNoLongerGuards() {
        WarehouseLock lock = WarehouseLock.acquire(connections, "night-1");
        lock.close();
        assertRefused(lock);
    }

    @Test
    void holderShowsSignsOfLife() throws Exception {
        try (WarehouseLock lock =
                WarehouseLock.acquire(connections, LockHolder.thisProcess("night-1"), Duration.ofMillis(20))) {
            silentFor(Duration.ofHours(1));
            Instant deadline = Instant.now().plusSeconds(20);
            while (silence() > 60 && Instant.now().isBefore(deadline)) {
                Thread.sleep(20);
            }
            assertThat(silence()).isLessThan(60);
            lock.check();
        }
    }

    /** A thread that is interrupted while writing closes H2's file. */
    @Test
    void heartbeatThatIsUnderWayIsNotInterrupted() throws Exception {
        CountDownLatch isUnderWay = new CountDownLatch(1);
        AtomicBoolean isInterrupted = new AtomicBoolean();
        ConnectionSource slow = () -> {
            if (Thread.currentThread().getName().equals("warehouse-lock-heartbeat")) {
                isUnderWay.countDown();
                try {
                    Thread.sleep(200);
                } catch (InterruptedException interrupted) {
                    isInterrupted.set(true);
                }
            }
            return database.open();
        };
        WarehouseLock lock = WarehouseLock.acquire(slow, LockHolder.thisProcess("night-1"), Duration.ofMillis(1));
        isUnderWay.await();
        lock.close();
        assertThat(isInterrupted).isFalse();
        WarehouseLock.acquire(connections, "night-2").close();
    }

    @Test
    void checkInsideATransactionKeepsSuccessorsOutUntilItEnds() throws Exception {
        try (WarehouseLock lock = WarehouseLock.acquire(connections, holder("night-1", deadPid(), null), never());
                Connection flip = connections.open()) {
            flip.setAutoCommit(false);
            WarehouseLock.checkAndHold(flip, lock.token());
            assertThatThrownBy(() -> WarehouseLock.acquire(connections, "night-2"))
                    .isInstanceOf(FpwException.class);
            flip.commit();
            WarehouseLock.acquire(connections, "night-3").close();
            assertThatThrownBy(() -> WarehouseLock.checkAndHold(flip, lock.token()))
                    .isInstanceOf(FpwException.class);
            flip.rollback();
        }
    }

    private static void assertRefused(LockGuard guard) {
        assertThatThrownBy(guard::check)
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.LOCK_HELD))
                .hasMessageContaining("no longer holds the warehouse lock");
    }

    private static LockHolder holder(String runId, long pid, @Nullable Instant started) {
        return new LockHolder(runId, LockHolder.thisProcess(runId).host(), pid, started);
    }

    private static Duration never() {
        return Duration.ofDays(1);
    }

    private static long deadPid() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.waitFor();
        return process.pid();
    }

    private void silentFor(Duration silence) throws SQLException {
        database.execute("update ops.warehouse_lock set heartbeat_at = current_timestamp - interval '"
                + silence.toSeconds() + "' second");
    }

    /** Seconds since the holder's last heartbeat. */
    private long silence() throws SQLException {
        return Long.parseLong(
                database.query("select cast(extract(epoch from current_timestamp - heartbeat_at) as bigint)"
                                + " from ops.warehouse_lock")
                        .get(0));
    }
}
