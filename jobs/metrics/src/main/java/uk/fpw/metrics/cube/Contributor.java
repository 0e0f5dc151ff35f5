package uk.fpw.metrics.cube;

import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import it.unimi.dsi.fastutil.longs.LongSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import uk.fpw.metrics.series.ObservedSpell;

/**
 * The spells of one contributor in one series, in order of observation. A person or case behind several rows, or
 * several times behind one count, is one contributor.
 */
final class Contributor {

    private static final Comparator<ObservedSpell> ORDER =
            Comparator.comparingInt(ObservedSpell::observedFromOn).thenComparingInt(ObservedSpell::observedToOn);

    private static final Comparator<ObservedSpell> BY_ENTRY = Comparator.comparingInt(ObservedSpell::enteredOn);

    private final List<ObservedSpell> spells;
    private final LongSet seen = new LongOpenHashSet(0);

    Contributor(List<ObservedSpell> spells) {
        this.spells = sorted(spells, ORDER);
    }

    private static List<ObservedSpell> sorted(List<ObservedSpell> spells, Comparator<ObservedSpell> order) {
        if (spells.size() < 2) {
            return spells;
        }
        List<ObservedSpell> sorted = new ArrayList<>(spells);
        sorted.sort(order);
        return sorted;
    }

    List<ObservedSpell> spells() {
        return spells;
    }

    /** The spells in order of entry. */
    List<ObservedSpell> byEntry() {
        return sorted(spells, BY_ENTRY);
    }

    /**
     * Whether the contributor is counted for the first time under a key of one family. A single spell is counted once
     * under each key.
     */
    boolean isFirst(long key) {
        return spells.size() < 2 || seen.add(key);
    }

    /** Starts another family with keys of its own. */
    Contributor forNextFamily() {
        seen.clear();
        return this;
    }
}
