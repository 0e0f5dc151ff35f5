package uk.fpw.warehouse.run;

import java.io.IOException;
import java.io.InputStream;

/**
 * The process that started this one. It holds the other end of standard input: when that ends, the parent is dead, and
 * nobody will read what this process makes.
 */
public final class ParentWatchdog {

    private static final int ABANDONED = 1;

    private ParentWatchdog() {}

    /** Ends this process at once, without clean-up that could still write, when the stream ends. */
    public static void start(InputStream input) {
        start(input, () -> Runtime.getRuntime().halt(ABANDONED));
    }

    static Thread start(InputStream input, Runnable whenGone) {
        Thread watcher = new Thread(
                () -> {
                    waitForEnd(input);
                    whenGone.run();
                },
                "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
        return watcher;
    }

    private static void waitForEnd(InputStream input) {
        byte[] ignored = new byte[64];
        try {
            while (input.read(ignored) >= 0) {
                // Whatever the parent says means that it lives.
            }
        } catch (IOException broken) {
            // A broken pipe is an end, too.
        }
    }
}
