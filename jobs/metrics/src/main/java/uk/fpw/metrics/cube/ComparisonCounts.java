package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import uk.fpw.metrics.series.ComparisonSpec;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;

/**
 * Days of wait of the groups of first entries that a queue compares. Only counted for the total of a queue. Spells
 * with an implausible date of entry are in no group.
 */
public final class ComparisonCounts implements Serializable {

    /** Name of the only stratum of a comparison that is not stratified by a slice. */
    private static final String EVERYTHING = "";

    private final Map<Integer, Compared> comparisons = new HashMap<>();

    /** The counts of the groups of one comparison. */
    public static final class Compared implements Serializable {

        private final Map<ComparisonSpec.Group, Counted> groups = new HashMap<>();
        private final Map<Set<ComparisonSpec.Group>, Long> contributorsOfBoth = new HashMap<>();
        private final Map<Set<ComparisonSpec.Group>, Long> itemsOfBoth = new HashMap<>();

        /** The groups that have spells. */
        public Set<ComparisonSpec.Group> groups() {
            return groups.keySet();
        }

        /** Days of wait of a group by stratum; empty if it has no spells. */
        public Map<String, WaitCounts.Cohort> strata(ComparisonSpec.Group group) {
            Counted counted = groups.get(group);
            return counted == null ? Map.of() : counted.strata;
        }

        /** Distinct contributors behind two groups. */
        public long contributors(ComparisonSpec.Group one, ComparisonSpec.Group other) {
            return contributors(one) + contributors(other) - contributorsOfBoth.getOrDefault(Set.of(one, other), 0L);
        }

        /** Distinct items of two groups: an item that was at risk in two periods is one. */
        public long items(ComparisonSpec.Group one, ComparisonSpec.Group other) {
            return items(one) + items(other) - itemsOfBoth.getOrDefault(Set.of(one, other), 0L);
        }

        private long items(ComparisonSpec.Group group) {
            Counted counted = groups.get(group);
            return counted == null ? 0 : counted.items;
        }

        /** Distinct contributors behind a group. */
        public long contributors(ComparisonSpec.Group group) {
            Counted counted = groups.get(group);
            return counted == null ? 0 : counted.contributors;
        }

        private Counted group(ComparisonSpec.Group group) {
            return groups.computeIfAbsent(group, any -> new Counted());
        }

        private void addContributor(Set<ComparisonSpec.Group> behind) {
            for (ComparisonSpec.Group one : behind) {
                group(one).contributors++;
            }
            countPairs(behind, contributorsOfBoth);
        }

        private void addItem(Set<ComparisonSpec.Group> in) {
            for (ComparisonSpec.Group one : in) {
                group(one).items++;
            }
            countPairs(in, itemsOfBoth);
        }

        private static void countPairs(Set<ComparisonSpec.Group> groups, Map<Set<ComparisonSpec.Group>, Long> counts) {
            if (groups.size() > 1) {
                for (ComparisonSpec.Group one : groups) {
                    for (ComparisonSpec.Group other : groups) {
                        if (!one.equals(other) && isFirst(one, other)) {
                            counts.merge(Set.of(one, other), 1L, Long::sum);
                        }
                    }
                }
            }
        }

        private static boolean isFirst(ComparisonSpec.Group one, ComparisonSpec.Group other) {
            return one.period() == other.period()
                    ? one.value().compareTo(other.value()) < 0
                    : one.period() < other.period();
        }

        private void add(Compared other) {
            other.groups.forEach((group, counted) -> group(group).add(counted));
            other.contributorsOfBoth.forEach((both, count) -> contributorsOfBoth.merge(both, count, Long::sum));
            other.itemsOfBoth.forEach((both, count) -> itemsOfBoth.merge(both, count, Long::sum));
        }
    }

    private static final class Counted implements Serializable {

        private final Map<String, WaitCounts.Cohort> strata = new TreeMap<>();
        private long contributors;
        private long items;

        private WaitCounts.Cohort stratum(String value) {
            return strata.computeIfAbsent(value, any -> new WaitCounts.Cohort());
        }

        private void add(Counted other) {
            other.strata.forEach((value, counted) -> stratum(value).add(counted));
            contributors += other.contributors;
            items += other.items;
        }
    }

    /** The counts of a comparison, by its position among the queue's. */
    public Compared of(int comparison) {
        return comparisons.computeIfAbsent(comparison, any -> new Compared());
    }

    /**
     * Counts a spell.
     *
     * @param value values of the slices of the queue at entry, by position
     */
    void add(QueueSpec queue, ObservedSpell spell, IntFunction<String> value) {
        if (spell.isReentry() || !spell.isWaitKnown()) {
            return;
        }
        for (int i = 0; i < queue.comparisons().size(); i++) {
            ComparisonSpec spec = queue.comparisons().get(i);
            List<ComparisonSpec.Part> parts = spec.parts(spell, value);
            if (parts.isEmpty()) {
                continue;
            }
            String stratum = stratum(spec, value);
            Set<ComparisonSpec.Group> groups = new HashSet<>();
            for (ComparisonSpec.Part part : parts) {
                if (spec.isRetained(queue, spell, part)) {
                    groups.add(part.group());
                    of(i).group(part.group())
                            .stratum(stratum)
                            .add(spell.enteredOn(), part.fromOn(), part.toOn(), part.exitReason());
                }
            }
            of(i).addItem(groups);
        }
    }

    /** Value of the stratum within which a spell is compared. */
    static String stratum(ComparisonSpec spec, IntFunction<String> value) {
        return spec.within() == ComparisonSpec.NO_SLICE ? EVERYTHING : value.apply(spec.within());
    }

    /** Counts a contributor with all its observed spells in the queue. */
    void addContributor(QueueSpec queue, Collection<ContributorGroups.Place> places) {
        for (int i = 0; i < queue.comparisons().size(); i++) {
            ComparisonSpec spec = queue.comparisons().get(i);
            Set<ComparisonSpec.Group> groups = new HashSet<>();
            for (ContributorGroups.Place place : places) {
                ObservedSpell spell = place.block().spell(place.index());
                if (!spell.isReentry() && spell.isWaitKnown()) {
                    for (ComparisonSpec.Part part : spec.parts(spell, place::value)) {
                        if (spec.isRetained(queue, spell, part)) {
                            groups.add(part.group());
                        }
                    }
                }
            }
            of(i).addContributor(groups);
        }
    }

    /** Adds counts over other contributors. */
    void add(ComparisonCounts other) {
        other.comparisons.forEach((number, compared) -> of(number).add(compared));
    }
}
