package uk.fpw.warehouse.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Bounds the time of a call that may never return, such as one to a process that is suspended. */
public final class TimeLimit {

    private TimeLimit() {}

    /**
     * Runs the call in a separate thread. After the limit that thread is left behind, never interrupted: an
     * interrupt would close the files of an embedded database.
     *
     * @param late what to throw when the limit has passed
     * @throws FpwException from {@code late}; any unchecked exception of the call as it is
     */
    public static <T> T within(Duration limit, Callable<T> call, Supplier<? extends FpwException> late) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task, "within-" + limit.toSeconds() + "-s");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException passed) {
            throw late.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw late.get();
        }
    }
}
