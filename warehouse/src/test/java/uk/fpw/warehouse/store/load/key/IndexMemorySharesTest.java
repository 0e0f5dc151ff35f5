package uk.fpw.warehouse.store.load.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With a heap of 100 MB, indexes may use 60 MB, and each of two parallel loads 30 MB. */
class IndexMemorySharesTest {

    private static final long MB = 1 << 20;
    private static final IndexMemory.Limit LIMIT = new IndexMemory.Limit(100 * MB);

    private final IndexMemoryShares shares = new IndexMemoryShares(2);
    private final IndexMemory first = new IndexMemory("devices", LIMIT, shares);
    private final IndexMemory second = new IndexMemory("people", LIMIT, shares);
    private final List<Thread> waiting = new ArrayList<>();

    @AfterEach
    void nobodyWaitsForEver() throws InterruptedException {
        for (Thread thread : waiting) {
            thread.join(10_000);
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    void twoLoadsHaveHalfOfItEach() {
        first.acquire(1, 29 * MB);
        second.acquire(1, 29 * MB);
        assertThat(first.has(MB)).isTrue();
        assertThat(first.has(2 * MB)).isFalse();
    }

    @Test
    void loadThatNeedsMoreWaitsUntilTheOtherHasEnded() throws InterruptedException {
        first.acquire(1, 10 * MB);
        CountDownLatch isTaken = inAnotherThread(() -> second.acquire(1, 50 * MB));
        assertThat(isTaken.await(200, TimeUnit.MILLISECONDS)).isFalse();
        first.giveBack(10 * MB);
        assertThat(isTaken.await(200, TimeUnit.MILLISECONDS)).isFalse();
        first.release();
        assertThat(isTaken.await(10, TimeUnit.SECONDS)).isTrue();
        CountDownLatch isNext = inAnotherThread(() -> first.acquire(1, MB));
        assertThat(isNext.await(200, TimeUnit.MILLISECONDS)).isFalse();
        second.release();
        assertThat(isNext.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void twoLoadsThatNeedMoreThanHalfHaveItOneAfterTheOther() throws InterruptedException {
        first.acquire(1, MB);
        second.acquire(1, MB);
        first.giveBack(MB);
        second.giveBack(MB);
        List<String> order = new ArrayList<>();
        Runnable load = () -> {
            IndexMemory memory = Thread.currentThread().getName().equals("first") ? first : second;
            memory.reserve(40 * MB);
            memory.acquire(1, 20 * MB);
            memory.acquire(1, 20 * MB);
            synchronized (order) {
                order.add(Thread.currentThread().getName());
            }
            memory.giveBack(40 * MB);
            memory.release();
        };
        for (String name : List.of("first", "second")) {
            Thread thread = new Thread(load, name);
            waiting.add(thread);
            thread.start();
        }
        nobodyWaitsForEver();
        assertThat(order).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void whatDoesNotFitAloneIsRefusedWithoutWaiting() {
        first.acquire(1, MB);
        Throwable refused = catchThrowable(() -> second.acquire(7, 61 * MB));
        assertThat(refused)
                .hasMessage("feed people: an index of 7 keys needs 61 MB, but of the heap of 100 MB the "
                        + "indexes of a feed may use 60 MB;"
                        + " nothing was loaded and nothing is lost; run again with a larger heap: set "
                        + "FPW_JAVA_OPTS=-Xmx512m");
    }

    @Test
    void loadThatCannotSayHowMuchItNeedsHasEverything() throws InterruptedException {
        first.reserveAll();
        first.acquire(1, 20 * MB);
        assertThat(first.has(40 * MB)).isTrue();
        CountDownLatch isTaken = inAnotherThread(() -> second.acquire(1, MB));
        assertThat(isTaken.await(200, TimeUnit.MILLISECONDS)).isFalse();
        first.release();
        assertThat(isTaken.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void loadBesideWhichNoOtherRunsHasEverything() {
        IndexMemory alone = new IndexMemory("devices", LIMIT);
        alone.acquire(1, 20 * MB);
        alone.acquire(1, 40 * MB);
        alone.giveBack(60 * MB);
        alone.release();
        alone.acquire(1, 60 * MB);
        assertThat(alone.has(1)).isFalse();
    }

    private CountDownLatch inAnotherThread(Runnable work) {
        CountDownLatch done = new CountDownLatch(1);
        Thread thread = new Thread(() -> {
            work.run();
            done.countDown();
        });
        waiting.add(thread);
        thread.start();
        return done;
    }
}
