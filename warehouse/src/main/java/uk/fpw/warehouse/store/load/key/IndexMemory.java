package uk.fpw.warehouse.store.load.key;

import java.util.Locale;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The memory for the key indexes of one load, out of the share of all parallel loads. What does
 * not fit is refused before it is taken, and says what to do. For several threads.
 */
public final class IndexMemory {

    private static final long MIB = 1 << 20;
    private static final long HEAP_STEP = 512 * MIB;

    private final String feed;
    private final Limit limit;
    private final String unharmed;
    private final IndexMemoryShares shares;
    private int held;
    private long taken;

    /** Memory of a load of that feed, beside which no other runs. */
    public IndexMemory(String feed, Limit limit) {
        this(feed, limit, new IndexMemoryShares(1));
    }

    /** Memory of a load of that feed, beside which others may run. */
    public IndexMemory(String feed, Limit limit, IndexMemoryShares shares) {
        this(feed, limit, "nothing was loaded and nothing is lost", shares);
    }

    /**
     * Memory of other work on the keys of that feed.
     *
     * @param unharmed what to say of the feed when there is not enough
     */
    public IndexMemory(String feed, Limit limit, String unharmed) {
        this(feed, limit, unharmed, new IndexMemoryShares(1));
    }

    private IndexMemory(String feed, Limit limit, String unharmed, IndexMemoryShares shares) {
        this.feed = feed;
        this.limit = limit;
        this.unharmed = unharmed;
        this.shares = shares;
    }

    /**
     * How much of the heap the indexes may take; the rest is for rows on their way and for everything else.
     *
     * @param heapBytes maximum size of the heap
     */
    public record Limit(long heapBytes) {

        private static final double SHARE = 0.6;

        /** That of this process. */
        public static Limit ofThisProcess() {
            return new Limit(Runtime.getRuntime().maxMemory());
        }

        long bytes() {
            return (long) (SHARE * heapBytes);
        }

        /** The smallest heap, in steps of 512 MB, of which the indexes may take so many bytes. */
        static long heapFor(long bytes) {
            return (long) Math.ceil(bytes / SHARE / HEAP_STEP) * HEAP_STEP;
        }
    }

    /**
     * Waits, if necessary, until this much memory is available next to the parallel loads. To be called before anything
     * is taken: later on it changes nothing.
     *
     * @param bytes the most that will be taken together
     */
    public synchronized void reserve(long bytes) {
        if (taken > 0) {
            return;
        }
        int wanted = bytes > maxOf(1) ? shares.count() : 1;
        if (held < wanted) {
            release();
            shares.acquire(wanted);
            held = wanted;
        }
    }

    /** The same for who does not know how much will be taken: waits until no other load has memory. */
    public void reserveAll() {
        reserve(limit.bytes());
    }

    /**
     * Takes memory for an index.
     *
     * @throws FpwException with {@code CONFIGURATION}, naming the setting, if there is not enough
     */
    synchronized void acquire(long keys, long bytes) {
        if (taken + bytes <= limit.bytes()) {
            reserve(bytes);
        }
        if (!has(bytes)) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    String.format(
                            Locale.ROOT,
                            "feed %s: an index of %,d keys needs %,d MB, but of the heap of %,d "
                                    + "MB the indexes of a feed may use %,d"
                                    + " MB%s; %s; run again with a larger heap: set FPW_JAVA_OPTS=-Xmx%dm",
                            feed,
                            keys,
                            roundUp(bytes),
                            limit.heapBytes() / MIB,
                            limit.bytes() / MIB,
                            taken == 0
                                    ? ""
                                    : String.format(Locale.ROOT, ", of which %,d MB are in use", roundUp(taken)),
                            unharmed,
                            Limit.heapFor(taken + bytes) / MIB));
        }
        taken += bytes;
    }

    /** Whether an index of so many keys would still fit. */
    public boolean fits(long keys) {
        return has(KeyIndex.bytesFor(keys));
    }

    /** Whether so much memory is left of what this load has, without waiting for others. */
    public synchronized boolean has(long bytes) {
        return taken + bytes <= maxOf(Math.max(1, held));
    }

    /** Gives memory back. */
    synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    /** Releases the memory of a finished load. */
    public synchronized void release() {
        shares.release(held);
        held = 0;
    }

    private long maxOf(int ofShares) {
        return limit.bytes() * ofShares / shares.count();
    }

    private static long roundUp(long bytes) {
        return (bytes + MIB - 1) / MIB;
    }
}
