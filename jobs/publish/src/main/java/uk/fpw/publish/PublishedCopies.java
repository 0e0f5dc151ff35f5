package uk.fpw.publish;

import java.util.Set;
import uk.fpw.layout.ReleaseId;
import uk.fpw.publish.export.Exports;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.retention.Retention;

/** The copies of releases beside the tables of the catalog: rows in {@code mart_rows}, and exports. */
public final class PublishedCopies {

    private final Releases releases;
    private final MartRows martRows;
    private final ReleaseTables tables;
    private final Exports exports;
    private final LockGuard lock;

    PublishedCopies(Releases releases, MartRows martRows, ReleaseTables tables, Exports exports, LockGuard lock) {
        this.releases = releases;
        this.martRows = martRows;
        this.tables = tables;
        this.exports = exports;
        this.lock = lock;
    }

    /**
     * Deletes the copies of expired releases and of candidates that never became a release; a part of
     * {@link Retention}. A run that has lost the lock must not: it would take its successor's candidate for one of
     * those.
     */
    public void deleteExpired() {
        lock.check();
        Set<ReleaseId> kept = Retention.published(releases);
        martRows.keepOnly(kept.stream().map(releases::get).toList(), releases.ids(), tables.marts());
        exports.keepOnly(kept);
    }
}
