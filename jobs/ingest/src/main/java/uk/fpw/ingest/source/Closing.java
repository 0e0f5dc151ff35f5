package uk.fpw.ingest.source;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Closes resources that were only read, and waits for threads that use them. */
public final class Closing {

    private Closing() {}

    /** Closes a resource that was only read, ignoring failures, since nothing can be lost. Does nothing for null. */
    public static void quietly(@Nullable AutoCloseable closeable) {
        if (closeable == null) {
            return;
        }
        try {
            closeable.close();
        } catch (Exception ignored) {
            // Nothing is lost, since it was only read.
        }
    }

    /** Waits uninterruptibly for the end of a thread, because it uses what the caller closes next. */
    public static void await(Thread thread) {
        await(thread, interrupted -> {});
    }

    /**
     * The same with an action on interruption.
     *
     * @param onInterrupt called at each interruption before waiting continues
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
