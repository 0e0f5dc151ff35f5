package uk.fpw.warehouse.store.load.key;

import java.util.Locale;
import uk.fpw.warehouse.failure.FpwException;

/**
 * The memory for the key indexes of one load, out of the share for all parallel loads. A request that does not fit is
 * rejected before memory is allocated, and the message says what to do. Thread-safe.
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

    /** Memory of a feed's load that runs alone. */
    public IndexMemory(String feed, Limit limit) {
        this(feed, limit, new IndexMemoryShares(1));
    }

    /** Memory of a feed's load that may run in parallel with others. */
    public IndexMemory(String feed, Limit limit, IndexMemoryShares shares) {
        this(feed, limit, "nothing was loaded and nothing is lost", shares);
    }

    /**
     * Memory for other work on the keys of a feed.
     *
     * @param unharmed reassurance about the feed in the message when there is not enough
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
     * How much of the heap the indexes may use; the rest is for buffered rows and everything else.
     *
     * @param heapBytes maximum size of the heap
     */
    public record Limit(long heapBytes) {

        private static final double SHARE = 0.6;

        /** The limit of this process. */
        public static Limit ofThisProcess() {
            return new Limit(Runtime.getRuntime().maxMemory());
        }

        long bytes() {
            return (long) (SHARE * heapBytes);
        }

        /** The smallest heap, in steps of 512 MB, whose share for indexes has this many bytes. */
        static long heapFor(long bytes) {
            return (long) Math.ceil(bytes / SHARE / HEAP_STEP) * HEAP_STEP;
        }
    }

    /**
     * Waits, if necessary, until parallel loads leave this much memory. Must be called before {@link #acquire}; later
     * it has no effect.
     *
     * @param bytes maximum total that will be acquired
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

    /** The same for unknown amounts: waits until no other load uses memory. */
    public void reserveAll() {
        reserve(limit.bytes());
    }

    /**
     * Acquires memory for an index.
     *
     * @throws FpwException with {@code CONFIGURATION}, naming the setting, if there is not enough
     */
    synchronized void acquire(long keys, long bytes) {
        if (taken + bytes <= limit.bytes()) {
            reserve(bytes);
        }
        if (!has(bytes)) {
            throw FpwException.configuration(String.format(
                    Locale.ROOT,
                    "feed %s: an index of %,d keys needs %,d MB, but of the heap of %,d "
                            + "MB the indexes of a feed may use %,d"
                            + " MB%s; %s; run again with a larger heap: set FPW_JAVA_OPTS=-Xmx%dm",
                    feed,
                    keys,
                    roundUp(bytes),
                    limit.heapBytes() / MIB,
                    limit.bytes() / MIB,
                    taken == 0 ? "" : String.format(Locale.ROOT, ", of which %,d MB are in use", roundUp(taken)),
                    unharmed,
                    Limit.heapFor(taken + bytes) / MIB));
        }
        taken += bytes;
    }

    /** Whether an index of so many keys would still fit. */
    public boolean fits(long keys) {
        return has(KeyIndex.bytesFor(keys));
    }

    /** Whether this much memory of the load's share is left, without waiting for others. */
    public synchronized boolean has(long bytes) {
        return taken + bytes <= maxOf(Math.max(1, held));
    }

    /** Returns memory. */
    synchronized void giveBack(long bytes) {
        taken -= bytes;
    }

    /** Releases all memory of a finished load. */
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
