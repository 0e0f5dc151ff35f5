package uk.fpw.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * The process that started this one. It holds the other end of standard input: when that closes, the parent is
 * dead, and this process is no longer needed.
 */
public final class ParentWatchdog {

    private static final int ABANDONED = 1;

    private ParentWatchdog() {}

    /** Ends this process immediately, without clean-up that could still write, when the stream closes. */
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
                // Any input from the parent means that it is alive.
            }
        } catch (IOException broken) {
            // A broken pipe is an end, too.
        }
    }
}
