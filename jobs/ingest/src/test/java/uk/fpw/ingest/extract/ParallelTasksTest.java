package uk.fpw.ingest.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ParallelTasksTest {

    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    @Test
    void piecesAreDoneAtOnceTheFirstByTheThreadThatAsks() {
        CountDownLatch bothAreAtWork = new CountDownLatch(2);
        ParallelTasks.Piece piece = () -> {
            threads.add(Thread.currentThread().getName());
            bothAreAtWork.countDown();
            await(bothAreAtWork);
        };
        ParallelTasks.run(List.of(piece, piece));
        assertThat(threads).containsExactlyInAnyOrder(Thread.currentThread().getName(), "side-by-side-2");
    }

    @Test
    void otherPieceIsCancelledByAFailureWhichIsThrownWhenItHasEnded() {
        Waiting waiting = new Waiting(() -> {
            throw new IllegalStateException("cancelled");
        });
        assertThatThrownBy(() -> ParallelTasks.run(List.<ParallelTasks.Piece>of(waiting, () -> {
                    throw new IllegalStateException("first");
                })))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("first")
                .satisfies(first -> assertThat(first.getSuppressed())
                        .singleElement()
                        .isInstanceOfSatisfying(IllegalStateException.class, second -> assertThat(second)
                                .hasMessage("cancelled")));
    }

    @Test
    void errorIsThrownAsItIs() {
        assertThatThrownBy(() -> ParallelTasks.run(List.of(() -> {}, () -> {
                    throw new OutOfMemoryError("first");
                })))
                .isExactlyInstanceOf(OutOfMemoryError.class)
                .hasMessage("first");
    }

    @Test
    void interruptedWaitFails() {
        Waiting waiting = new Waiting(() -> {});
        Thread caller = Thread.currentThread();
        try {
            assertThatThrownBy(() -> ParallelTasks.run(List.<ParallelTasks.Piece>of(caller::interrupt, waiting)))
                    .isExactlyInstanceOf(IllegalStateException.class);
            assertThat(caller.isInterrupted()).isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(waiting.hasEnded).isTrue();
    }

    /** Runs until it is cancelled. */
    private static final class Waiting implements ParallelTasks.Piece {

        private final CountDownLatch cancelled = new CountDownLatch(1);
        private final Runnable end;
        private volatile boolean hasEnded;

        /** Ends in the given way. */
        Waiting(Runnable end) {
            this.end = end;
        }

        @Override
        public void run() {
            await(cancelled);
            hasEnded = true;
            end.run();
        }

        @Override
        public void cancel() {
            cancelled.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
