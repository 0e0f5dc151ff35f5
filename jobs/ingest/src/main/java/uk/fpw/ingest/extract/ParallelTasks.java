package uk.fpw.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Closing;

/**
 * Runs pieces of work in parallel, the first in the calling thread. If one fails, the others are cancelled and its
 * failure is thrown.
 */
public final class ParallelTasks {

    private final List<? extends Piece> pieces;
    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();

    private ParallelTasks(List<? extends Piece> pieces) {
        this.pieces = pieces;
    }

    /** A piece of the work. */
    @FunctionalInterface
    public interface Piece {
        /** Does the work. */
        void run();

        /**
         * Makes the piece end or fail if another thread is still running it. Threads are not interrupted, because that
         * would close the files that they read.
         */
        default void cancel() {}
    }

    /**
     * The number of read and existing rows from which several threads compare a load. Each thread writes its own data
     * files.
     *
     * @param leastRows minimum number of rows
     */
    public record Limit(long leastRows) {

        /** With fewer rows, a second thread saves less than a second. */
        public static final Limit USUAL = new Limit(200_000);
    }

    /** Runs all pieces. On return or failure, no thread is running any more. */
    public static void run(List<? extends Piece> pieces) {
        if (pieces.size() == 1) {
            pieces.get(0).run();
        } else {
            new ParallelTasks(pieces).run();
        }
    }

    private void run() {
        List<Thread> threads = new ArrayList<>();
        for (Piece piece : pieces.subList(1, pieces.size())) {
            Thread thread = new Thread(() -> run(piece), "side-by-side-" + (threads.size() + 2));
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        run(pieces.get(0));
        threads.forEach(this::await);
        Throwable failed = first.get();
        if (failed instanceof Error error) {
            throw error;
        }
        if (failed != null) {
            throw (RuntimeException) failed;
        }
    }

    private void run(Piece piece) {
        try {
            piece.run();
        } catch (RuntimeException | Error failed) {
            fail(piece, failed);
        }
    }

    private void fail(@Nullable Piece piece, Throwable failed) {
        if (first.compareAndSet(null, failed)) {
            pieces.stream().filter(other -> other != piece).forEach(Piece::cancel);
            return;
        }
        Throwable known = first.get();
        if (known != null && known != failed) {
            known.addSuppressed(failed);
        }
    }

    /** Waits uninterruptibly, since a running thread uses resources that its caller would close. */
    private void await(Thread thread) {
        Closing.await(
                thread, interrupted -> fail(null, new IllegalStateException("the work was interrupted", interrupted)));
    }
}
