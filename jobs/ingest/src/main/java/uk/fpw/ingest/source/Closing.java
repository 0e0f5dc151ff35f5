package uk.fpw.ingest.source;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Closes what was only read from, or waits until a thread no longer uses it. */
public final class Closing {

    private Closing() {}

    /** Closes what was only read from, so that a failure to do so loses nothing; null for nothing to be closed. */
    public static void quietly(@Nullable AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception ignored) {
            // Only read from; nothing is lost.
        }
    }

    /** Waits for the end of a thread although this one is interrupted: it uses what the caller closes next. */
    public static void await(Thread thread) {
        await(thread, interrupted -> {});
    }

    /**
     * The same.
     *
     * @param onInterrupt what to do at each interruption before waiting on
     */
    public static void await(Thread thread, Consumer<InterruptedException> onInterrupt) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                isInterrupted = true;
                onInterrupt.accept(interrupted);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
