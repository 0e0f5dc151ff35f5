package uk.fpw.warehouse.store.lock;

import java.sql.Connection;

/** Checks before every commit whether this process may still write. */
@FunctionalInterface
public interface LockGuard {

    /**
     * Returns normally if this process still holds the lock.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code LOCK_HELD} if another process has taken it over
     */
    void check();

    /**
     * Like {@link #check()}, within a transaction of the caller. If the lock is a row of the same database, that row
     * stays locked until the transaction ends, so that no other process can take the lock between check and commit.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     */
    default void check(Connection transaction) {
        check();
    }
}
