package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    @Test
    void piecesAreDoneAtOnceTheFirstByTheThreadThatAsks() {
        CountDownLatch bothAreAtWork = new CountDownLatch(2);
        SideBySide.Piece piece = isEnded -> {
            threads.add(Thread.currentThread().getName());
            bothAreAtWork.countDown();
            await(bothAreAtWork);
        };
        SideBySide.run(List.of(piece, piece));
        String own = Thread.currentThread().getName();
        assertThat(threads).containsExactlyInAnyOrder(own, "fpw:" + own);
    }

    @Test
    void otherPieceIsToldOfAFailureWhichIsThrownWhenItHasEnded() {
        boolean[] hasEnded = {false};
        assertThatThrownBy(() -> SideBySide.run(List.of(
                        isEnded -> {
                            while (!isEnded.getAsBoolean()) {
                                Thread.onSpinWait();
                            }
                            hasEnded[0] = true;
                        },
                        isEnded -> {
                            throw new IllegalStateException("first");
                        })))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("first");
        assertThat(hasEnded[0]).isTrue();
    }

    @Test
    void laterFailuresAreSuppressed() {
        assertThatThrownBy(() -> SideBySide.run(List.of(
                        isEnded -> {
                            while (!isEnded.getAsBoolean()) {
                                Thread.onSpinWait();
                            }
                            throw new IllegalStateException("second");
                        },
                        isEnded -> {
                            throw new AssertionError("first");
                        })))
                .isExactlyInstanceOf(AssertionError.class)
                .hasMessage("first")
                .satisfies(first ->
                        assertThat(first.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
