package uk.fpw.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** Work that several threads do at once: the first piece by the thread that asks for it. No thread is interrupted, which would close the files that it reads. */
final class SideBySide {

    private SideBySide() {}

    /**
     * From how many rows on, read and known, a load is compared by several threads; each writes data files of its own.
     *
     * @param leastRows that many
     */
    record Limit(long leastRows) {

        /** Below it a second thread saves less than a second. */
        static final Limit USUAL = new Limit(200_000);
    }

    /** A piece of the work. */
    @FunctionalInterface
    interface Piece {
        /**
         * Does it.
         *
         * @param isEnded whether another piece has failed, so that this one need not go on
         */
        void run(BooleanSupplier isEnded);
    }

    /**
     * Does all pieces, and waits for them whatever happens.
     *
     * @throws RuntimeException what failed first; what failed after it is suppressed
     */
    static void run(List<Piece> pieces) {
        AtomicBoolean isEnded = new AtomicBoolean();
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (Piece piece : pieces.subList(1, pieces.size())) {
            Thread thread = new Thread(
                    () -> run(piece, isEnded, failures),
                    "fpw:" + Thread.currentThread().getName());
            threads.add(thread);
            thread.start();
        }
        run(pieces.get(0), isEnded, failures);
        threads.forEach(SideBySide::await);
        if (!failures.isEmpty()) {
            Throwable first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            if (first instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) first;
        }
    }

    private static void run(Piece piece, AtomicBoolean isEnded, List<Throwable> failures) {
        try {
            piece.run(isEnded::get);
        } catch (RuntimeException | Error failed) {
            synchronized (failures) {
                failures.add(failed);
            }
            isEnded.set(true);
        }
    }

    /** Waits to the end; an interruption is kept for later. */
    private static void await(Thread thread) {
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException kept) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
