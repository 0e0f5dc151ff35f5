package uk.fpw.nightly.night;

import java.sql.Connection;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.spark.SparkProcess;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.lock.WarehouseLock;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * Ends a night in order when a signal ends the process: the Spark process is killed, the next commit is refused, and the night is given some seconds to write down that
 * it failed and to give back its lock. The night's thread is never interrupted, since that would close the files of the embedded database beneath it.
 */
final class Stopping implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final CountDownLatch nightIsOver = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "stop-night");
    private volatile boolean requested;
    private volatile @Nullable SparkProcess spark;
    private volatile @Nullable WarehouseLock lock;
    private volatile @Nullable WarehouseLock lockOfTheRow;

    private Stopping() {}

    static Stopping onSignal() {
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(stopping.hook);
        return stopping;
    }

    void ends(SparkProcess process) {
        spark = process;
    }

    void releases(WarehouseLock held) {
        lock = held;
    }

    /** A lock that outlives the night, but not the process. */
    void givesBackInTheEnd(WarehouseLock held) {
        lockOfTheRow = held;
    }

    /** The guard of the lock, which also refuses once the night is to stop. */
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

    @Override
    public void close() {
        nightIsOver.countDown();
        if (!requested) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /**
     * Gives up once a signal has come.
     *
     * @throws NightFailure if the night is to stop
     */
    void refuseIfStopped() {
        if (requested) {
            throw new NightFailure(ExitCode.INTERNAL, "stopped by a signal; run the night again");
        }
    }

    private void stop() {
        requested = true;
        SparkProcess process = spark;
        if (process != null) {
            process.stop();
        }
        try {
            if (!nightIsOver.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                WarehouseLock held = lock;
                if (held != null) {
                    held.close();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        WarehouseLock row = lockOfTheRow;
        if (row != null) {
            row.close();
        }
    }
}
