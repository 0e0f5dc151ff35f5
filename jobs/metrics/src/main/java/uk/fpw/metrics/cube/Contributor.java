package uk.fpw.metrics.cube;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The spells of one contributor in one series, in order of observation. Whoever stands behind several rows, or behind a count several times, is one contributor of each. */
final class Contributor {

    private static final Comparator<ObservedSpell> ORDER =
            Comparator.comparingInt(ObservedSpell::observedFromOn).thenComparingInt(ObservedSpell::observedToOn);

    private final List<ObservedSpell> spells;
    private final Set<Long> seen = new HashSet<>();

    Contributor(List<ObservedSpell> spells) {
        this.spells = spells.size() < 2 ? spells : spells.stream().sorted(ORDER).toList();
    }

    List<ObservedSpell> spells() {
        return spells;
    }

    /** The spells in order of entry. */
    List<ObservedSpell> byEntry() {
        return spells.size() < 2
                ? spells
                : spells.stream()
                        .sorted(Comparator.comparingInt(ObservedSpell::enteredOn))
                        .toList();
    }

    /** Whether this is the first time that the contributor is counted under a key of one family. */
    boolean isFirst(long key) {
        return seen.add(key);
    }

    /** Begins another family, with keys of its own. */
    Contributor forNextFamily() {
        seen.clear();
        return this;
    }
}
