package uk.fpw.warehouse.load;

import java.sql.ResultSet;
import java.util.HashMap;
import java.util.Map;

/** Rebuilds what {@code ops.feed_load} lacks from the commits to {@code raw}, which are the record. */
final class LedgerRecovery {

    private static final String INTERRUPTED =
            "the process ended before the load was complete; nothing of it was loaded";

    private final LoadLedger ledger;
    private final OpsTransactions ops;

    LedgerRecovery(LoadLedger ledger, OpsTransactions ops) {
        this.ledger = ledger;
        this.ops = ops;
    }

    /** See {@link LoadLedger#heal}. */
    int recover(RawTable raw) {
        Map<String, String> known = statuses(raw.name());
        int mended = 0;
        for (Withdrawal withdrawal : raw.withdrawals()) {
            Load load = withdrawal.load();
            String status = known.remove(load.loadId());
            if (status == null) {
                insertFromRecord(load);
            }
            if (!LoadLedger.WITHDRAWN.equals(status)) {
                ledger.withdraw(load.loadId(), withdrawal.reason(), withdrawal.by(), withdrawal.at());
                mended++;
            }
        }
        for (Load load : raw.loads()) {
            String status = known.remove(load.loadId());
            if (status == null) {
                insertFromRecord(load);
                mended++;
            } else if (!status.equals(LoadLedger.LOADED)) {
                changesRecorded(load);
                ledger.loaded(
                        load.loadId(), load.fileDigest(), load.counts(), load.snapshotId(), load.watermark(), null);
                mended++;
            }
        }
        for (Map.Entry<String, String> other : known.entrySet()) {
            if (other.getValue().equals("running")) {
                ledger.failed(other.getKey(), null, null, INTERRUPTED);
                mended++;
            }
        }
        return mended;
    }

    private Map<String, String> statuses(String feed) {
        Map<String, String> statuses = new HashMap<>();
        ops.run("select load_id, status from ops.feed_load where feed = ?", statement -> {
            statement.setString(1, feed);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    statuses.put(rows.getString(1), rows.getString(2));
                }
            }
            return statuses.size();
        });
        return statuses;
    }

    private void insertFromRecord(Load load) {
        ops.run(
                "insert into ops.feed_load (load_id, feed, business_date, source_date, status, file_name, started_at)"
                        + " values (?, ?, ?, ?, 'running', ?, ?)",
                statement -> {
                    statement.setString(1, load.loadId());
                    statement.setString(2, load.feed());
                    statement.setObject(3, load.businessDate());
                    statement.setObject(4, load.sourceDate());
                    statement.setString(5, load.fileName());
                    LoadLedger.setInstant(statement, 6, load.committedAt());
                    return statement.executeUpdate();
                });
        changesRecorded(load);
        ledger.loaded(load.loadId(), load.fileDigest(), load.counts(), load.snapshotId(), load.watermark(), null);
    }

    private void changesRecorded(Load load) {
        if (load.reconciled() != null) {
            ledger.changesFound(load.loadId(), null, load.reconciled(), null);
        }
    }
}
