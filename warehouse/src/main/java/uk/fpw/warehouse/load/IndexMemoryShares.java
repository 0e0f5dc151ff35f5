package uk.fpw.warehouse.load;

import java.util.concurrent.Semaphore;

/**
 * The memory of the key indexes of all loads that run at once, in equal shares, one for each. A load takes its share
 * with its first index and gives it back when it ends. A load that needs more waits until it has every share, so that
 * nothing is refused that fits as long as it is alone. Who waits has given its own share back and is served in turn, so
 * that two never wait for each other.
 */
public final class IndexMemoryShares {

    private final int count;
    private final Semaphore free;

    /**
     * Shares that nobody has taken.
     *
     * @param count how many loads may run at once
     */
    public IndexMemoryShares(int count) {
        this.count = count;
        this.free = new Semaphore(count, true);
    }

    /** How many there are: the loads that may run at once. */
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
