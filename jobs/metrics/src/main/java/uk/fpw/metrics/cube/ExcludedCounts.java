package uk.fpw.metrics.cube;

import java.io.Serializable;

/**
 * Items that a queue excludes: dated items on the days on which they would wait according to their dates, and undated
 * items. Additive over items.
 */
public final class ExcludedCounts implements Serializable {

    /** Changes of the number that would wait, by day. */
    public final KeyedCounts changes = KeyedCounts.none();

    private long undated;

    /** Counts an item that would enter or leave on a day. */
    public void count(int day, boolean isEntry) {
        changes.add(day, isEntry ? 1 : -1);
    }

    /** Adds excluded items for which it is unknown when they would wait. */
    public void addUndated(long items) {
        undated += items;
    }

    /** Items for which it is unknown when they would wait. */
    public long undated() {
        return undated;
    }

    /** Adds counts over other items. */
    public void add(ExcludedCounts other) {
        changes.addAll(other.changes);
        undated += other.undated;
    }
}
