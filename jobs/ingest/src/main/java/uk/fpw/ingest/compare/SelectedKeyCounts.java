package uk.fpw.ingest.compare;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import uk.fpw.ingest.bucket.CurrentRowBuckets;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.KeyIndex;

/**
 * Counts all current rows and those selected by key: in a single pass over {@code current}, or in several if the
 * selected keys do not fit into memory.
 */
final class SelectedKeyCounts {

    private final Feed feed;
    private final IndexMemory memory;
    private final CurrentRowBuckets chosen;

    SelectedKeyCounts(LoadContext load, CurrentRowBuckets chosen) {
        this.feed = load.feed();
        this.memory = load.memory();
        this.chosen = chosen;
    }

    /**
     * Counts.
     *
     * @param reading returns by column the count of all current rows and that of the selected rows
     */
    Map<String, long[]> count(Function<Predicate<String>, Map<String, long[]>> reading) {
        Map<String, long[]> counts = new HashMap<>();
        int from = 0;
        while (from < KeyBucket.COUNT) {
            int to = end(from);
            count(from, to, reading).forEach((column, found) -> {
                long[] sum = counts.computeIfAbsent(column, first -> new long[] {found[0], 0});
                sum[1] += found[1];
            });
            from = to;
        }
        return counts;
    }

    private Map<String, long[]> count(int from, int to, Function<Predicate<String>, Map<String, long[]>> reading) {
        KeyIndex keys = new KeyIndex(memory, keys(from, to));
        try {
            for (int bucket = from; bucket < to; bucket++) {
                chosen.forEach(bucket, row -> keys.put(row.key(), 0, 0));
            }
            return reading.apply(key -> {
                int bucket = KeyBucket.of(feed, key);
                return from <= bucket && bucket < to && keys.find(key) >= 0;
            });
        } finally {
            keys.release();
        }
    }

    /** The end of the buckets, from a first one on, whose keys fit into memory together; at least one bucket. */
    private int end(int from) {
        int to = from + 1;
        while (to < KeyBucket.COUNT && memory.fits(keys(from, to + 1))) {
            to++;
        }
        return to;
    }

    private long keys(int from, int to) {
        long count = 0;
        for (int bucket = from; bucket < to; bucket++) {
            count += chosen.count(bucket);
        }
        return count;
    }
}
