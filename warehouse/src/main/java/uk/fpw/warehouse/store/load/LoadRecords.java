package uk.fpw.warehouse.store.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;

/** Reads loads and withdrawals from the snapshot summaries of a {@code raw} table. */
final class LoadRecords {

    private LoadRecords() {}

    /**
     * The valid loads that wrote something, oldest first; of loads before the latest, only those whose snapshot has not
     * expired. After a withdrawal, the record of the withdrawal contains that of the load before.
     */
    static List<Load> loads(Table table) {
        Map<String, Load> loads = new HashMap<>();
        everyLoad(table).forEach(load -> loads.put(load.loadId(), load));
        for (Withdrawal withdrawal : withdrawals(table)) {
            Load restored = withdrawal.restored();
            if (restored != null) {
                loads.putIfAbsent(restored.loadId(), restored);
            }
        }
        loads.keySet().removeAll(withdrawn(table));
        return loads.values().stream()
                .sorted(Comparator.comparingLong((Load load) -> load.commit().sequence()))
                .toList();
    }

    /** The loads that wrote something, including withdrawn ones, oldest first. */
    static List<Load> everyLoad(Table table) {
        List<Load> loads = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            Load load = Load.of(snapshot);
            if (load != null) {
                loads.add(load);
            }
        }
        loads.sort(Comparator.comparingLong((Load load) -> load.commit().sequence()));
        return loads;
    }

    /** The withdrawals in order. */
    static List<Withdrawal> withdrawals(Table table) {
        List<Withdrawal> withdrawals = new ArrayList<>();
        for (Snapshot snapshot : table.snapshots()) {
            Withdrawal withdrawal = Withdrawal.of(snapshot);
            if (withdrawal != null) {
                withdrawals.add(withdrawal);
            }
        }
        withdrawals.sort(Comparator.comparingLong(Withdrawal::sequence));
        return withdrawals;
    }

    /** Ids of the withdrawn loads of a {@code raw} table. */
    static Collection<String> withdrawn(Table raw) {
        Set<String> withdrawn = new LinkedHashSet<>();
        raw.snapshots().forEach(snapshot -> withdrawn.addAll(Withdrawal.carried(snapshot)));
        return withdrawn;
    }

    /** Largest {@code _seq} of any row, including rows of withdrawn loads, since numbers are never reused. */
    static long lastRow(Table table) {
        long last = 0;
        for (Snapshot snapshot : table.snapshots()) {
            last = Math.max(last, Long.parseLong(snapshot.summary().getOrDefault(Load.LAST_SEQ, "0")));
        }
        return last;
    }
}
