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

/** The loads and withdrawals of a {@code raw} table, as the summaries of its snapshots record them. */
final class LoadRecords {

    private LoadRecords() {}

    /**
     * The loads that wrote something and were not withdrawn, oldest first; of the loads before the latest one those
     * whose record has not expired. After a withdrawal that of the load before is kept in the record of the withdrawal.
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

    /** The loads that wrote something, withdrawn ones among them, oldest first. */
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

    /** The withdrawals, in their order. */
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

    /** Ids of the loads of a {@code raw} table whose rows count no longer. */
    static Collection<String> withdrawn(Table raw) {
        Set<String> withdrawn = new LinkedHashSet<>();
        raw.snapshots().forEach(snapshot -> withdrawn.addAll(Withdrawal.carried(snapshot)));
        return withdrawn;
    }

    /** Id of the load that wrote last; empty before the first. */
    static String lastLoadId(Table table) {
        List<Load> loads = loads(table);
        return loads.isEmpty() ? "" : loads.get(loads.size() - 1).loadId();
    }

    /** Largest {@code _seq} that any row has, withdrawn ones among them: no number is given twice. */
    static long lastRow(Table table) {
        long last = 0;
        for (Snapshot snapshot : table.snapshots()) {
            last = Math.max(last, Long.parseLong(snapshot.summary().getOrDefault(Load.LAST_SEQ, "0")));
        }
        return last;
    }
}
