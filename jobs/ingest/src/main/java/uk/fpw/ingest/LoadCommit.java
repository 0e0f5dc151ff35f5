package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.compare.ExtractComparison;
import uk.fpw.ingest.compare.Reconciliation;
import uk.fpw.ingest.extract.CursorReading;
import uk.fpw.ingest.extract.FullExtract;
import uk.fpw.ingest.extract.ItemSpellings;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadPreparation;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.load.LastReconcile;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * Commits a checked load: to {@code raw} and {@code current} in one transaction, which makes it permanent, then to
 * {@code ops}.
 */
final class LoadCommit {

    private static final Logger LOG = LoggerFactory.getLogger(LoadCommit.class);

    private final LoadContext load;
    private final Reconciliation reconciliation;
    private final ExtractComparison comparison;
    private final FullExtract extract;
    private final LoadPreparation prepared;
    private boolean hasWritten;

    LoadCommit(LoadContext load, Reconciliation reconciliation) {
        this.load = load;
        this.reconciliation = reconciliation;
        this.comparison = reconciliation.comparison();
        this.extract = comparison.extract();
        this.prepared = extract.prepared();
    }

    /** Commits the load and returns its counts. */
    LoadCounts commit() {
        Watermark watermark = extract.watermark();
        LastReconcile reconciled = prepared.plan().after(load, reconciliation.missed());
        Acceptance restart = prepared.plan().restart();
        if (restart != null) {
            load.acceptances()
                    .used(
                            restart,
                            load.runId(),
                            load.loadId(),
                            "the cursor value decreased, and everything was read and compared from the beginning");
        }
        reconciliation.noteAcceptances(load);
        // A restarted feed is always recorded, so that its old watermark is removed.
        hasWritten = reconciliation.changesSomething() || restart != null;
        Load committed = hasWritten ? toTables(watermark, reconciled) : null;
        CursorReading cursor = extract.cursor();
        if (cursor != null) {
            load.ledger().changesFound(load.loadId(), load.reconcile(), reconciled, cursor.aboveGap());
        }
        load.changes().record(load.loadId(), reconciliation.changes());
        load.ledger()
                .loaded(
                        load.loadId(),
                        extract.digest(),
                        reconciliation.counts(),
                        committed == null ? null : committed.commit().snapshotId(),
                        watermark,
                        reconciliation.note());
        load.ledger().unreadableValues().note(load.loadId(), extract.unreadable());
        // After the commit: if the process dies in between, the columns are reported twice rather than never.
        load.ledger()
                .sourceColumns()
                .note(load.feed().name(), load.businessDate(), load.source().columns());
        ItemSpellings spellings = extract.spellings();
        if (spellings != null && prepared.plan().comparesAll()) {
            load.ledger().itemSpellings().note(load.feed().name(), load.businessDate(), spellings.count());
        }
        prepared.noteRemovedRows();
        comparison.ranges().record();
        return reconciliation.counts();
    }

    /**
     * Stores the digests of the current rows if a load without changes has computed them, and compacts the rows if
     * necessary. The load is complete without this, and the next load tries again.
     *
     * @throws FpwException with {@code LOCK_HELD} if another process has taken the lock
     */
    void compactIfNeeded() {
        try {
            if (!hasWritten) {
                comparison.append().noteUnchanged();
            }
            prepared.current().compactIfNeeded();
        } catch (RuntimeException failed) {
            if (failed instanceof FpwException lost && lost.exitCode() == ExitCode.LOCK_HELD) {
                throw failed;
            }
            LOG.warn(
                    "{}: the load is complete, but its current rows could not be compacted",
                    load.feed().name(),
                    failed);
        }
    }

    private Load toTables(@Nullable Watermark watermark, @Nullable LastReconcile reconciled) {
        reconciliation.supersede();
        return comparison
                .append()
                .commit(
                        reconciliation.counts(),
                        reconciliation.changes(),
                        reconciliation.held(),
                        watermark,
                        reconciled);
    }
}
