package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** A feed is written as the letter of its source and a number. */
@Timeout(60)
class FeedSchedulerTest {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void feedsOfTwoSourcesAreLoadedAtOnceAndThoseOfOneInTheirOrder() {
        CountDownLatch bothBegan = new CountDownLatch(2);
        CountDownLatch bIsDone = new CountDownLatch(1);
        assertThat(run(List.of("a1", "b1", "a2", "b2"), 2, feed -> {
                    if (feed.endsWith("1")) {
                        bothBegan.countDown();
                        await(bothBegan);
                    }
                    if (feed.equals("a1")) {
                        await(bIsDone);
                    }
                    events.add(feed);
                    if (feed.equals("b2")) {
                        bIsDone.countDown();
                    }
                }))
                .isEmpty();
        assertThat(events).containsExactly("b1", "b2", "a1", "a2");
    }

    @Test
    void threadThatIsFreeTakesTheNextSourceInTheOrderOfTheNight() {
        CountDownLatch dIsDone = new CountDownLatch(1);
        run(List.of("a1", "b1", "c1", "d1", "c2"), 2, feed -> {
            if (feed.equals("a1")) {
                await(dIsDone);
            }
            events.add(feed);
            if (feed.equals("d1")) {
                dIsDone.countDown();
            }
        });
        assertThat(events).containsExactly("b1", "c1", "c2", "d1", "a1");
    }

    @Test
    void oneThreadKeepsTheOrderOfTheNight() {
        run(List.of("a1", "b1", "a2"), 1, events::add);
        assertThat(events).containsExactly("a1", "b1", "a2");
    }

    @Test
    void failuresOfOneFeedLeaveTheOthersAndAreListedInTheOrderOfTheNight() {
        CountDownLatch bHasFailed = new CountDownLatch(1);
        assertThat(run(List.of("a1", "b1", "a2", "b2"), 2, feed -> {
                    events.add(feed);
                    if (feed.equals("a1")) {
                        await(bHasFailed);
                        throw new FpwException(ExitCode.UNAVAILABLE, "no a1");
                    }
                    if (feed.equals("b1")) {
                        bHasFailed.countDown();
                        throw new FpwException(ExitCode.BAD_DATA, "bad b1");
                    }
                }))
                .containsExactly("a1: no a1", "b1: bad b1");
        assertThat(events).containsExactlyInAnyOrder("a1", "b1", "a2", "b2");
    }

    @Test
    void anyOtherFailureBeginsNoFurtherFeedAndWaitsForTheOneUnderWay() {
        CountDownLatch aBegan = new CountDownLatch(1);
        AtomicReference<Thread> failing = new AtomicReference<>();
        FpwException lost = new FpwException(ExitCode.LOCK_HELD, "the lock was lost");
        Throwable thrown = catchThrowable(() -> run(List.of("a1", "b1", "a2", "b2", "c1"), 2, feed -> {
            if (feed.equals("b1")) {
                await(aBegan);
                events.add("b1 fails");
                failing.set(Thread.currentThread());
                throw lost;
            }
            aBegan.countDown();
            // the other thread has ended, or waits for this one
            while (failing.get() == null
                    || !List.of(Thread.State.TERMINATED, Thread.State.WAITING)
                            .contains(failing.get().getState())) {
                Thread.onSpinWait();
            }
            events.add(feed + " loaded");
        }));
        assertThat(thrown).isSameAs(lost);
        assertThat(events).containsExactly("b1 fails", "a1 loaded");
    }

    @Test
    void ofTwoSuchFailuresThatOfTheEarlierFeedIsThrown() {
        CountDownLatch bHasFailed = new CountDownLatch(1);
        Throwable thrown = catchThrowable(() -> run(List.of("a1", "b1"), 2, feed -> {
            if (feed.equals("b1")) {
                bHasFailed.countDown();
                throw new IllegalStateException("b1");
            }
            await(bHasFailed);
            throw new FpwException(ExitCode.CONFIGURATION, "a1");
        }));
        assertThat(thrown).isInstanceOf(FpwException.class).hasMessage("a1");
        assertThat(thrown.getSuppressed()).singleElement().asString().contains("b1");
    }

    @Test
    void aNightHasAThreadForEachSourceButNotMoreThanTwo() {
        int max = Math.min(2, Runtime.getRuntime().availableProcessors());
        assertThat(threads("a1", "a2")).isEqualTo(1);
        assertThat(threads("a1", "b1")).isEqualTo(max);
        assertThat(threads("a1", "b1", "c1")).isEqualTo(max);
        assertThat(threads()).isEqualTo(1);
    }

    private static int threads(String... feeds) {
        return FeedScheduler.threads(List.of(feeds), FeedSchedulerTest::source);
    }

    /** The failures, one text each. */
    private static List<String> run(List<String> feeds, int threads, Consumer<String> load) {
        return new FeedScheduler<>(feeds, FeedSchedulerTest::source, threads)
                .run(load).entrySet().stream()
                        .map(failed ->
                                failed.getKey() + ": " + failed.getValue().getMessage())
                        .toList();
    }

    private static String source(String feed) {
        return feed.substring(0, 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
