package uk.fpw.warehouse.store.ledger;

import java.time.LocalDate;
import java.util.List;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.RowChanges;

/**
 * Effects of the loads of the last 28 days on a feed, oldest first: used to detect small changes that add up over many
 * loads.
 *
 * @param loads loads that stored something, and whose changes are known
 * @param earlier the same of the 28 days before
 */
public record ChangeHistory(List<Past> loads, List<Past> earlier) {

    /** Days of the history, the day of the load that is judged among them. */
    public static final int DAYS = 28;

    /**
     * One load.
     *
     * @param loaded new and changed rows that it stored
     * @param deleted rows that were current and that it deleted
     */
    public record Past(LocalDate businessDate, long loaded, long deleted, RowChanges changes) {}

    public ChangeHistory {
        loads = List.copyOf(loads);
        earlier = List.copyOf(earlier);
    }

    /** One of a feed that was not loaded before these days. */
    public ChangeHistory(List<Past> loads) {
        this(loads, List.of());
    }

    /**
     * The loads that count for a cumulative limit: those since it was accepted last, without those whose own limit was
     * accepted.
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
