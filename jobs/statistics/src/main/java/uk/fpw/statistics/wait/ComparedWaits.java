package uk.fpw.statistics.wait;

import java.util.Arrays;

/**
 * The waits of one contributor in two groups that are compared, in whole days. Can be used again for the next one. An
 * item whose time at risk is divided between the groups, or between strata, is in several parts.
 */
public final class ComparedWaits {

    private int size;
    private int items;
    private int[] groups = new int[8];
    private int[] strata = new int[8];
    private int[] firstDays = new int[8];
    private int[] lastDays = new int[8];
    private boolean[] leaves = new boolean[8];

    /** Forgets the items. */
    public ComparedWaits clear() {
        size = 0;
        items = 0;
        return this;
    }

    /** Begins an item, whose parts follow. */
    public ComparedWaits addItem() {
        items++;
        return this;
    }

    /**
     * Adds a part of the item.
     *
     * @param group 0 for the first group, 1 for the second
     * @param stratum position of its stratum; 0 if there are none
     * @param firstDay first day of its wait on which it is at risk in the group
     * @param lastDay last day, not before the first
     * @param isLeft whether it left on the last day
     */
    public ComparedWaits addPart(int group, int stratum, int firstDay, int lastDay, boolean isLeft) {
        if (group < 0 || group > 1 || stratum < 0 || lastDay < firstDay || items == 0) {
            throw new IllegalArgumentException("a part in group " + group + ", stratum " + stratum + ", from day "
                    + firstDay + " to day " + lastDay + ", of item " + items);
        }
        if (size == groups.length) {
            groups = Arrays.copyOf(groups, 2 * size);
            strata = Arrays.copyOf(strata, 2 * size);
            firstDays = Arrays.copyOf(firstDays, 2 * size);
            lastDays = Arrays.copyOf(lastDays, 2 * size);
            leaves = Arrays.copyOf(leaves, 2 * size);
        }
        groups[size] = group;
        strata[size] = stratum;
        firstDays[size] = firstDay;
        lastDays[size] = lastDay;
        leaves[size] = isLeft;
        size++;
        return this;
    }

    /** Number of items. */
    int items() {
        return items;
    }

    /** Number of parts. */
    public int size() {
        return size;
    }

    int group(int i) {
        return groups[i];
    }

    int stratum(int i) {
        return strata[i];
    }

    int firstDay(int i) {
        return firstDays[i];
    }

    int lastDay(int i) {
        return lastDays[i];
    }

    boolean isLeft(int i) {
        return leaves[i];
    }
}
