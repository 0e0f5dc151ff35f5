package uk.fpw.warehouse.store.catalog;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.DatabaseErrors;

/**
 * Waits while the embedded database passes from one process to another. The first process that opens it serves it to
 * the others, and when that process ends, another one takes over. Until then new connections are refused ("Locked by
 * another process"). Connection pools retry by themselves; this class does it for single connections and for what can
 * be done twice.
 */
final class DatabaseTransition {

    /** Maximum wait for another process to finish opening or closing. */
    static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final long BETWEEN_ATTEMPTS_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTransition.class);

    private DatabaseTransition() {}

    /**
     * What is attempted.
     *
     * @param <T> its result
     * @param <E> its checked exception
     */
    interface Attempt<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Repeats an attempt that only reads, or that may run twice. The process that serves the database may also end
     * between two of its statements.
     *
     * @throws E if the attempt fails for another reason or takes too long
     */
    static <T, E extends Exception> T repeated(Attempt<T, E> attempt) throws E {
        return repeated(attempt, AT_MOST);
    }

    static <T, E extends Exception> T repeated(Attempt<T, E> attempt, Duration atMost) throws E {
        long began = System.nanoTime();
        boolean isSaid = false;
        while (true) {
            try {
                return attempt.run();
            } catch (Exception refused) {
                if (!DatabaseErrors.isOpenedElsewhere(refused) || System.nanoTime() - began >= atMost.toNanos()) {
                    throw refused;
                }
                if (!isSaid) {
                    LOG.info(
                            "waiting up to {} s for another process, which is just opening or closing the database",
                            atMost.toSeconds());
                    isSaid = true;
                }
                try {
                    Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw refused;
                }
            }
        }
    }
}
