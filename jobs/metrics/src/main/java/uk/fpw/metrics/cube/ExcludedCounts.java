package uk.fpw.metrics.cube;

import java.io.Serializable;

/**
 * Items that a queue excludes: those with dates, on the days on which they would wait according
 * to these dates, and those without dates. Additive over items.
 */
public final class ExcludedCounts implements Serializable {

    /** Changes of the number that would wait, by day. */
    public final KeyedCounts changes = KeyedCounts.none();

    private long undated;

    /** An item would come in on a day, or go out. */
    public void count(int day, boolean isEntry) {
        changes.add(day, isEntry ? 1 : -1);
    }

    /** So many items are excluded of which it is not known when they would wait. */
    public void addUndated(long items) {
        undated += items;
    }

    /** Items of which it is not known when they would wait. */
    public long undated() {
        return undated;
    }

    /** Adds what was counted elsewhere, over other items. */
    public void add(ExcludedCounts other) {
        changes.addAll(other.changes);
        undated += other.undated;
    }
}
