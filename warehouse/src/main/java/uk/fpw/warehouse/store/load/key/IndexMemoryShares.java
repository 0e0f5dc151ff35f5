package uk.fpw.warehouse.store.load.key;

import java.util.concurrent.Semaphore;

/**
 * The memory for the key indexes of all parallel loads, in equal shares. A load acquires one share with its first index
 * and releases it at the end. A load that needs more waits until it has all shares, so that anything that would fit
 * when running alone is accepted. Waiting loads have released their own share and are served in turn, which rules out
 * deadlock.
 */
public final class IndexMemoryShares {

    private final int count;
    private final Semaphore free;

    /**
     * Shares, all free.
     *
     * @param count maximum number of parallel loads
     */
    public IndexMemoryShares(int count) {
        this.count = count;
        this.free = new Semaphore(count, true);
    }

    /** The number of shares, which is the maximum number of parallel loads. */
    public int count() {
        return count;
    }

    void acquire(int shares) {
        free.acquireUninterruptibly(shares);
    }

    void release(int shares) {
        free.release(shares);
    }
}
