package uk.fpw.nightly.run;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import uk.fpw.ingest.source.Closing;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Loads the feeds of a run. Feeds of one source are loaded one after the other, in order, so that the source never has
 * more sessions than one load opens. Different sources are loaded in parallel: each thread takes the next source that
 * no other has taken, in the order of their first feeds.
 */
final class FeedScheduler<F> {

    /** Failures after which the other feeds are still loaded, so that one run reports all problems. */
    private static final Set<ExitCode> OF_ONE_FEED = EnumSet.of(ExitCode.BAD_DATA, ExitCode.UNAVAILABLE);

    /** The load of a large feed uses two threads by itself, and all loads share the memory for their keys. */
    private static final int MAX_THREADS = 2;

    private final List<F> feeds;
    private final Function<F, String> source;
    private final int threads;

    /**
     * Schedules these feeds, in the order of the run.
     *
     * @param source the source of a feed; feeds of the same source are not loaded in parallel
     * @param threads maximum number of parallel loads
     */
    FeedScheduler(List<F> feeds, Function<F, String> source, int threads) {
        this.feeds = List.copyOf(feeds);
        this.source = source;
        this.threads = threads;
    }

    /** One thread for each source, but no more than processors or {@value #MAX_THREADS}. */
    static <F> int threads(List<F> feeds, Function<F, String> source) {
        long sources = feeds.stream().map(source).distinct().count();
        int max = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
        return (int) Math.max(1, Math.min(sources, max));
    }

    /** Whether the other feeds can still be loaded after this failure. */
    static boolean isOfOneFeed(FpwException failure) {
        return OF_ONE_FEED.contains(failure.exitCode());
    }

    /**
     * Loads every feed. After a failure that affects more than one feed, running loads are finished and no other is
     * started.
     *
     * @param load loads one feed, in any thread
     * @return the failed feeds, in the order of the run
     * @throws RuntimeException the first failure, in the order of the run, that affects more than one feed
     */
    Map<F, FpwException> run(Consumer<F> load) {
        Run run = new Run(load);
        List<Thread> others = new ArrayList<>();
        for (int number = 2; number <= threads; number++) {
            Thread thread = new Thread(run::work, "feeds-" + number);
            thread.setDaemon(true);
            thread.start();
            others.add(thread);
        }
        run.work();
        others.forEach(Closing::await);
        return run.failures();
    }

    private final class Run {

        private final Consumer<F> load;
        private final Queue<List<F>> sources;
        private final Map<F, Throwable> failures = new ConcurrentHashMap<>();
        private volatile boolean isStopped;

        Run(Consumer<F> load) {
            this.load = load;
            Map<String, List<F>> bySource = new LinkedHashMap<>();
            for (F feed : feeds) {
                String key = threads == 1 ? "" : source.apply(feed);
                bySource.computeIfAbsent(key, first -> new ArrayList<>()).add(feed);
            }
            this.sources = new ConcurrentLinkedQueue<>(bySource.values());
        }

        void work() {
            for (List<F> next = sources.poll(); next != null; next = sources.poll()) {
                for (F feed : next) {
                    if (isStopped) {
                        return;
                    }
                    load(feed);
                }
            }
        }

        private void load(F feed) {
            try {
                load.accept(feed);
            } catch (RuntimeException | Error failed) {
                failures.put(feed, failed);
                if (!(failed instanceof FpwException known && isOfOneFeed(known))) {
                    isStopped = true;
                }
            }
        }

        Map<F, FpwException> failures() {
            Map<F, FpwException> ofOneFeed = new LinkedHashMap<>();
            List<Throwable> others = new ArrayList<>();
            for (F feed : feeds) {
                Throwable failed = failures.get(feed);
                if (failed instanceof FpwException known && isOfOneFeed(known)) {
                    ofOneFeed.put(feed, known);
                } else if (failed != null) {
                    others.add(failed);
                }
            }
            if (others.isEmpty()) {
                return ofOneFeed;
            }
            Throwable first = others.get(0);
            others.stream().filter(other -> other != first).forEach(first::addSuppressed);
            if (first instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) first;
        }
    }
}
