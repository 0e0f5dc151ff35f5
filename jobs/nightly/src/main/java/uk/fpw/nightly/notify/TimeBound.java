package uk.fpw.nightly.notify;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Work with another machine that may never answer: a name server, a share or a server that is dead. */
public final class TimeBound {

    private TimeBound() {}

    /**
     * The result of some work, which is left alone if it takes longer; its thread does not keep the process.
     *
     * @throws TimeoutException if it takes longer
     * @throws Exception what the work throws
     */
    public static <T> T call(Duration longest, Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "notify");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        } catch (TimeoutException failed) {
            task.cancel(true);
            throw new TimeoutException("no answer within " + longest.toSeconds() + " s");
        }
    }
}
