package uk.fpw.query;

import java.io.IOException;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Ends a query that runs for too long, so that a query that nobody waits for does not occupy the machine.
 *
 * @param seconds most seconds for a query and the writing of its result; 0 for no limit
 */
record TimeLimit(int seconds) {

    /** Default: a figure of a release takes a second or two, a whole core table some minutes. */
    static final int DEFAULT_SECONDS = 600;

    private static final long MILLIS = 1000;

    interface Query {

        void run() throws IOException;
    }

    /**
     * Runs a query in this thread.
     *
     * @param cancel makes the query fail; called from another thread
     * @throws QueryException that names the limit if the query failed after it
     */
    void enforce(Runnable cancel, Query query) throws IOException {
        if (seconds == 0) {
            query.run();
            return;
        }
        Cancellation cancellation = new Cancellation(cancel);
        Timer timer = new Timer("query-time-limit", true);
        timer.schedule(cancellation, seconds * MILLIS);
        try {
            query.run();
        } catch (QueryException failed) {
            throw cancellation.hasBegun
                    ? QueryException.wrong(
                            "the query was stopped after " + seconds
                                    + " seconds; filter or aggregate earlier, or raise the limit: "
                                    + "--seconds N, 0 for none",
                            failed)
                    : failed;
        } finally {
            timer.cancel();
        }
    }

    private static final class Cancellation extends TimerTask {

        private final Runnable cancel;
        private volatile boolean hasBegun;

        private Cancellation(Runnable cancel) {
            this.cancel = cancel;
        }

        @Override
        public void run() {
            hasBegun = true;
            cancel.run();
        }
    }
}
