package uk.fpw.warehouse.lock;

/** Asked before every commit whether this process may still write. */
@FunctionalInterface
public interface LockGuard {

    /**
     * Returns normally while the lock is held with the token this process was given.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code LOCK_HELD} if a successor has taken it
     */
    void check();
}
