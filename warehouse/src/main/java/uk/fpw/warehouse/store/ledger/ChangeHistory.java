package uk.fpw.warehouse.store.ledger;

import java.time.LocalDate;
import java.util.List;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.RowChanges;

/**
 * Effects of the loads of the last 28 days on a feed, oldest first. Used to detect small changes that add up over many
 * loads.
 *
 * @param loads loads that stored something and whose changes are known
 * @param earlier the same for the 28 days before
 */
public record ChangeHistory(List<Past> loads, List<Past> earlier) {

    /** Length of the history in days, including the day of the load to be checked. */
    public static final int DAYS = 28;

    /**
     * One load.
     *
     * @param loaded number of new and changed rows stored
     * @param deleted number of current rows deleted
     */
    public record Past(LocalDate businessDate, long loaded, long deleted, RowChanges changes) {}

    public ChangeHistory {
        loads = List.copyOf(loads);
        earlier = List.copyOf(earlier);
    }

    /** A history without earlier loads. */
    public ChangeHistory(List<Past> loads) {
        this(loads, List.of());
    }

    /**
     * The loads that count towards a cumulative limit: those since its last acceptance, without those whose own limit
     * was accepted.
     */
    public List<Past> counted(AcceptableLimit single, AcceptableLimit cumulative) {
        int from = 0;
        for (int index = 0; index < loads.size(); index++) {
            if (loads.get(index).changes().accepted().contains(cumulative)) {
                from = index + 1;
            }
        }
        return loads.subList(from, loads.size()).stream()
                .filter(load -> !load.changes().accepted().contains(single))
                .toList();
    }
}
