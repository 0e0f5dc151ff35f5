package uk.fpw.warehouse.force.change;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * The changes of a force.
 *
 * @param all sorted by date, then by name
 */
public record Changes(List<Change> all) {

    /** For a force without recorded changes. */
    public static final Changes NONE = new Changes(List.of());

    /** Sorts the changes. */
    public Changes {
        all = all.stream()
                .sorted(Comparator.comparing(Change::date).thenComparing(Change::name))
                .toList();
    }

    /** The changes that concern a queue, by date. */
    public List<Change> of(String queue) {
        return all.stream().filter(change -> change.queues().contains(queue)).toList();
    }

    /** The rebases of a queue's control charts by date, at least 12 months apart. */
    public List<Rebase> rebasesOf(String queue) {
        return of(queue).stream()
                .filter(Change::rebase)
                .map(change -> new Rebase(change.name(), change.date(), change.decidedBy(), change.what()))
                .toList();
    }

    /**
     * A date at which control charts start new limits.
     *
     * @param change name of the change
     * @param from first day of the new limits; their first point is the first period starting on or after it
     * @param decidedBy who decided, never {@value Change#NOT_RECORDED}
     * @param reason what changed
     */
    public record Rebase(String change, LocalDate from, String decidedBy, String reason) {

        /** With fewer points after the rebase, the new limits are provisional. */
        public static final int POINTS = 12;
    }
}
