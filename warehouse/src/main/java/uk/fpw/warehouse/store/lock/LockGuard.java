package uk.fpw.warehouse.store.lock;

import java.sql.Connection;

/** Checked before every commit: whether this process may still write. */
@FunctionalInterface
public interface LockGuard {

    /**
     * Returns normally while the lock is held with the token this process was given.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code LOCK_HELD} if a successor has taken it
     */
    void check();

    /**
     * As {@link #check()}, inside a transaction of the caller. If the lock is a row of the same database, the row stays
     * locked until that transaction ends, so that no successor can take it between the check and the commit.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     */
    default void check(Connection transaction) {
        check();
    }
}
