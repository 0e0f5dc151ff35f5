package uk.fpw.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Closing;

/**
 * Parallel work of several threads, the first part in the calling thread. If one piece fails the others are
 * cancelled, and its failure is that of all.
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
        /** Does it. */
        void run();

        /**
         * Has it end or fail if it is still going on in another thread. No thread is interrupted for it, which would
         * close the files that it reads.
         */
        default void cancel() {}
    }

    /**
     * Number of rows, read and existing, from which several threads compare a load; each writes its own data files.
     *
     * @param leastRows that many
     */
    public record Limit(long leastRows) {

        /** Below it a second thread saves less than a second. */
        public static final Limit USUAL = new Limit(200_000);
    }

    /** Does all pieces. When it returns or throws, no thread is at work any more. */
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

    /** Waits without being interrupted: a thread that is still at work uses what its caller would close. */
    private void await(Thread thread) {
        Closing.await(
                thread, interrupted -> fail(null, new IllegalStateException("the work was interrupted", interrupted)));
    }
}
