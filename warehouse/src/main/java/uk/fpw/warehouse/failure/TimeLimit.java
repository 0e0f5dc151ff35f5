package uk.fpw.warehouse.failure;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Limits the time of a call that may never return, such as one to a suspended process. */
public final class TimeLimit {

    private TimeLimit() {}

    /**
     * Runs the call in a separate thread. After the limit that thread is abandoned rather than interrupted, since an
     * interrupt would close the files of an embedded database. A resource that it returns later is closed at once.
     *
     * @param late the exception to throw after the limit
     * @throws FpwException from {@code late}; unchecked exceptions of the call are rethrown unchanged
     */
    public static <T> T within(Duration limit, Callable<T> call, Supplier<? extends FpwException> late) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(call, result), "within-" + limit.toSeconds() + "-s");
        thread.setDaemon(true);
        thread.start();
        await(result, limit, late);
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Returns when the result is complete: with the result of the call, or with the exception that it is late. */
    private static void await(CompletableFuture<?> result, Duration limit, Supplier<? extends FpwException> late) {
        try {
            result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException passed) {
            result.completeExceptionally(late.get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            result.completeExceptionally(late.get());
        } catch (ExecutionException failed) {
            // The caller gets it from the result.
        }
    }

    private static <T> void run(Callable<T> call, CompletableFuture<T> result) {
        try {
            T value = call.call();
            if (!result.complete(value) && value instanceof AutoCloseable opened) {
                opened.close();
            }
        } catch (Exception | Error failed) {
            result.completeExceptionally(failed);
        }
    }
}
