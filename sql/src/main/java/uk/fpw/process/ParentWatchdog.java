package uk.fpw.process;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends this process when its parent dies. The parent holds the other end of standard input, so end of input means that
 * the parent is gone.
 */
public final class ParentWatchdog {

    private static final int ABANDONED = 1;

    private ParentWatchdog() {}

    /** Halts this process, without shutdown hooks that could still write, when the stream closes. */
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
                // Any input means that the parent is alive.
            }
        } catch (IOException broken) {
            // A broken pipe also means that the parent is gone.
        }
    }
}
