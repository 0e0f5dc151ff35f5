package uk.fpw.metrics.cube;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import uk.fpw.warehouse.failure.FpwException;

/**
 * What one task of a run keeps in memory however many tasks there are: the rows of one item, and the spells of one
 * contributor. Four million of either need 1.5 GB of heap, less than the 2 GB that a task has. More of them are never
 * one thing: a column was named that does not tell them apart.
 */
public final class TaskMemory {

    /** Rows of one item that a task can follow, and spells of one contributor that it can count. */
    public static final int MOST = 4_000_000;

    private TaskMemory() {}

    /**
     * A failure with {@code CONFIGURATION} because of more rows than {@code most} of one item. Names the feeds, never
     * the item.
     *
     * @param isNamed whether the rows name an item at all
     * @param feeds names of their feeds
     */
    public static FpwException tooManyRows(int most, boolean isNamed, List<String> feeds) {
        return FpwException.configuration("more than " + number(most) + " rows "
                + (isNamed ? "are about one item" : "name no item") + "; item in "
                + feeds.stream().map(feed -> "feeds/" + feed + ".yml").collect(Collectors.joining(", "))
                + ", and item_key of the staging queries that read them, must tell items apart");
    }

    /**
     * A failure with {@code CONFIGURATION} because of more spells than {@code most} of one contributor. Names their
     * queue, never the contributor.
     */
    static FpwException tooManySpells(int most, String queue) {
        return FpwException.configuration("queue " + queue + ": more than " + number(most)
                + " spells have the same contributor_key; staging queries must return with it what tells cases or "
                + "persons apart, or leave it out");
    }

    private static String number(int count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
