package uk.fpw.warehouse.store.load.key;

import java.util.concurrent.Semaphore;

/**
 * The memory for the key indexes of all parallel loads, in equal shares. A load takes its share
 * with its first index and gives it back when it ends. A load that needs more waits until it has every share, so that
 * nothing is refused that fits as long as it is alone. Who waits has given its own share back and is served in turn, so
 * that two never wait for each other.
 */
public final class IndexMemoryShares {

    private final int count;
    private final Semaphore free;

    /**
     * Free shares.
     *
     * @param count maximum number of parallel loads
     */
    public IndexMemoryShares(int count) {
        this.count = count;
        this.free = new Semaphore(count, true);
    }

    /** The number of shares: the maximum number of parallel loads. */
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
