package uk.fpw.warehouse.store.recovery;

import java.util.Map;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.Withdrawal;

/** Rebuilds rows of {@code ops.feed_load} from the commits to {@code raw}, which are authoritative. */
public final class LoadRecovery {

    private static final String INTERRUPTED = "the process ended before the load was complete; nothing was loaded";

    private final LoadLedger ledger;

    public LoadRecovery(LoadLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Reconciles {@code ops.feed_load} with {@code raw}. Missing or incomplete rows are rebuilt from the record of the
     * load or of its withdrawal, and loads left running by a dead process are marked as failed. Must only be called by
     * the holder of the lock, before it starts a load of that feed.
     *
     * @return number of corrected rows
     */
    public int recover(RawTable raw) {
        Map<String, String> known = ledger.statuses(raw.name());
        int corrected = 0;
        for (Withdrawal withdrawal : raw.withdrawals()) {
            Load load = withdrawal.load();
            String status = known.remove(load.loadId());
            if (status == null) {
                insert(load);
            }
            if (!LoadLedger.WITHDRAWN.equals(status)) {
                ledger.withdraw(load.loadId(), withdrawal.reason(), withdrawal.by(), withdrawal.at());
                corrected++;
            }
        }
        for (Load load : raw.loads()) {
            String status = known.remove(load.loadId());
            if (status == null) {
                insert(load);
                corrected++;
            } else if (!status.equals(LoadLedger.LOADED)) {
                complete(load);
                corrected++;
            }
        }
        for (Map.Entry<String, String> other : known.entrySet()) {
            if (other.getValue().equals("running")) {
                ledger.failed(other.getKey(), null, null, INTERRUPTED);
                corrected++;
            }
        }
        return corrected;
    }

    private void insert(Load load) {
        ledger.insertCommitted(load);
        complete(load);
    }

    private void complete(Load load) {
        if (load.tracking().reconciled() != null) {
            ledger.changesFound(load.loadId(), null, load.tracking().reconciled(), null);
        }
        ledger.loaded(
                load.loadId(),
                load.source().fileDigest(),
                load.counts(),
                load.commit().snapshotId(),
                load.tracking().watermark(),
                null);
    }
}
