package uk.fpw.nightly.run;

import java.io.PrintStream;
import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.program.ProcessSupervisor;
import uk.fpw.nightly.program.StopSignals;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/**
 * Shuts down a run after a termination signal. Its child processes are killed, and the next commit is rejected. The run
 * then has {@value #TIMEOUT_SECONDS} seconds to record that it was stopped and to release its lock. The process ends
 * with the exit code of the signal, or of the run if it had created its release. The thread of the run is never
 * interrupted, since that would close the files of the embedded database.
 */
final class GracefulShutdown implements AutoCloseable {

    private static final long TIMEOUT_SECONDS = 20;

    private final CountDownLatch runIsOver = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final IntConsumer exit;
    private final PrintStream err;
    private volatile @Nullable StopSignals signals;
    private volatile @Nullable ExitCode requested;
    private volatile @Nullable ExitCode outcome;
    private volatile @Nullable ProcessSupervisor processes;
    private volatile @Nullable WarehouseLock lock;
    private volatile @Nullable WarehouseLock lockOfRange;

    GracefulShutdown(IntConsumer exit, PrintStream err) {
        this.exit = exit;
        this.err = err;
    }

    /**
     * Stops the run and ends the process at the first signal; {@code err} gets a message if the run does not end in
     * time.
     */
    static GracefulShutdown onSignal(PrintStream err) {
        GracefulShutdown shutdown = new GracefulShutdown(System::exit, err);
        shutdown.signals = StopSignals.handledBy(shutdown::stop);
        return shutdown;
    }

    /** A signal kills these processes first, so that they write nothing for a run that has ended. */
    void stopOnSignal(ProcessSupervisor started) {
        processes = started;
    }

    void releaseOnSignal(WarehouseLock held) {
        lock = held;
    }

    /** Releases a lock that outlives the run when a signal ends the process. */
    void releaseAtExit(WarehouseLock held) {
        lockOfRange = held;
    }

    /** The guard of the lock, which also fails once the run is to stop. */
    LockGuard guarding(WarehouseLock held) {
        return new LockGuard() {
            @Override
            public void check() {
                refuseIfStopped();
                held.check();
            }

            @Override
            public void check(Connection transaction) {
                refuseIfStopped();
                held.check(transaction);
            }
        };
    }

    /**
     * Records the exit code of a run that created its release or completed its work, even if a signal has arrived: it
     * must not be run again. The remaining dates of a range must be.
     */
    void finishedWith(ExitCode exitCode) {
        if (lockOfRange == null) {
            outcome = exitCode;
        }
    }

    /** If a signal has arrived, the process ends before this returns. */
    @Override
    public void close() {
        runIsOver.countDown();
        if (requested == null) {
            StopSignals taken = signals;
            if (taken != null) {
                taken.close();
            }
            return;
        }
        try {
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Fails after a signal has arrived.
     *
     * @throws FpwException if the run is to stop
     */
    void refuseIfStopped() {
        FpwException stopped = stopped(null);
        if (stopped != null) {
            throw stopped;
        }
    }

    /**
     * The failure to report for a run that was stopped, instead of the exception that the stop caused.
     *
     * @return null if no signal has arrived
     */
    @Nullable
    FpwException stopped(@Nullable Throwable brokeOff) {
        ExitCode code = requested;
        return code == null
                ? null
                : new FpwException(
                        code,
                        by(code) + ". Nothing was left incomplete; run it again: nothing is loaded twice",
                        brokeOff);
    }

    /** Why the run stopped after its release was created: the signal, if there was one, otherwise the failure. */
    @Nullable
    String afterRelease(@Nullable String failure) {
        ExitCode code = requested;
        return code == null ? failure : by(code);
    }

    private static String by(ExitCode code) {
        return "it was stopped by " + signal(code);
    }

    private static String signal(ExitCode code) {
        return switch (code) {
            case STOPPED_BY_HANGUP -> "the end of its terminal or session (SIGHUP)";
            case STOPPED_FROM_KEYBOARD -> "a keyboard interrupt (SIGINT)";
            default -> "a termination request (SIGTERM)";
        };
    }

    synchronized void stop(ExitCode code) {
        if (requested != null) {
            return;
        }
        requested = code;
        ProcessSupervisor started = processes;
        if (started != null) {
            started.stop();
        }
        try {
            if (!runIsOver.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                WarehouseLock held = lock;
                if (held != null) {
                    held.close();
                }
                err.println("fpw: the run had to end by " + signal(code) + " and did not within " + TIMEOUT_SECONDS
                        + " s, so its process is terminated. Run it again: the next run completes the work");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        WarehouseLock ofRange = lockOfRange;
        if (ofRange != null) {
            ofRange.close();
        }
        ExitCode ended = outcome;
        exit.accept((ended == null ? code : ended).code());
        end.countDown();
    }
}
