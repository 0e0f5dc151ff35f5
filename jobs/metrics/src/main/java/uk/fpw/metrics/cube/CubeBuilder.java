package uk.fpw.metrics.cube;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;

/**
 * Counts the spells of some contributors into cubes. One builder must get all spells of a contributor, so that none
 * is counted twice.
 */
public final class CubeBuilder {

    private final List<QueueSpec> queues;
    private final int asOf;
    private final Map<SeriesKey, Cube> cubes = new HashMap<>();
    private final List<FirstDays> firstDays = new ArrayList<>();

    /**
     * The days on which the figures of a queue may start.
     *
     * @param knownEntry earliest plausible entry; the largest number if there is none
     * @param observedTo earliest last day of observation of a spell; the largest number without spells
     */
    public record FirstDays(int knownEntry, int observedTo) implements Serializable {

        public static final FirstDays NONE = new FirstDays(Integer.MAX_VALUE, Integer.MAX_VALUE);

        /** The earlier of each day. */
        public FirstDays with(FirstDays other) {
            return new FirstDays(Math.min(knownEntry, other.knownEntry), Math.min(observedTo, other.observedTo));
        }

        /**
         * First day of the figures: that from which the source is complete, otherwise that of the first plausible
         * entry; the largest number while nothing has been observed.
         */
        public int of(QueueSpec queue) {
            if (queue.observedFrom() != QueueSpec.NONE) {
                return queue.observedFrom();
            }
            return knownEntry == Integer.MAX_VALUE ? observedTo : knownEntry;
        }
    }

    /** @param asOf the business date, the last day that is counted */
    public CubeBuilder(List<QueueSpec> queues, int asOf) {
        this.queues = queues;
        this.asOf = asOf;
        queues.forEach(queue -> firstDays.add(FirstDays.NONE));
    }

    /** Adds all spells of some contributors. Fails if there are too many of one, see {@link TaskMemory}. */
    public CubeBuilder add(List<SpellBlock> blocks) {
        return add(blocks, TaskMemory.MOST);
    }

    /** The same with another maximum number of spells of one contributor. */
    public CubeBuilder add(List<SpellBlock> blocks, int mostSpells) {
        ContributorGroups groups = new ContributorGroups(blocks);
        groups.forEachSpell(this::add);
        groups.forEach((queue, spells) -> {
            if (spells.size() > mostSpells) {
                throw TaskMemory.tooManySpells(mostSpells, queues.get(queue).name());
            }
            add(queue, spells);
        });
        return this;
    }

    public Map<SeriesKey, Cube> cubes() {
        return cubes;
    }

    /** For each queue, the days on which its figures may start, according to these contributors. */
    public List<FirstDays> firstDays() {
        return firstDays;
    }

    private void add(ContributorGroups.Place place) {
        ObservedSpell spell = place.block().spell(place.index());
        int queue = spell.queue();
        QueueSpec spec = queues.get(queue);
        firstDays.set(
                queue,
                firstDays
                        .get(queue)
                        .with(new FirstDays(
                                spell.isWaitKnown() ? spell.enteredOn() : Integer.MAX_VALUE, spell.observedToOn())));
        Cube total = cube(SeriesKey.total(queue));
        total.add(spec, SeriesKey.TOTAL, spell);
        total.comparisons().add(spec, spell, place::value);
        int slices = spec.slices().size() + (spell.isOpen() ? spec.changing().size() : 0);
        for (int slice = 0; slice < slices; slice++) {
            cube(new SeriesKey(queue, slice, place.block().value(place.index(), slice)))
                    .add(spec, slice, spell);
        }
    }

    /** Counts a contributor with all its spells in one queue. */
    private void add(int queue, List<ContributorGroups.Place> places) {
        QueueSpec spec = queues.get(queue);
        List<ObservedSpell> spells = new ArrayList<>(places.size());
        for (ContributorGroups.Place place : places) {
            spells.add(place.block().spell(place.index()));
        }
        Cube total = cube(SeriesKey.total(queue));
        total.add(spec, SeriesKey.TOTAL, spells);
        total.comparisons().addContributor(spec, places);
        for (int slice = 0; slice < spec.slices().size() + spec.changing().size(); slice++) {
            boolean isNow = slice >= spec.slices().size();
            for (Map.Entry<String, List<ObservedSpell>> value :
                    byValue(places, spells, slice, isNow).entrySet()) {
                cube(new SeriesKey(queue, slice, value.getKey())).add(spec, slice, value.getValue());
            }
        }
    }

    /** The spells by value of a slice; only open spells for a slice by current values. */
    private static Map<String, List<ObservedSpell>> byValue(
            List<ContributorGroups.Place> places, List<ObservedSpell> spells, int slice, boolean isNow) {
        if (places.size() == 1 && !isNow) {
            return Map.of(places.get(0).block().value(places.get(0).index(), slice), spells);
        }
        Map<String, List<ObservedSpell>> byValue = new LinkedHashMap<>();
        for (int i = 0; i < places.size(); i++) {
            if (!isNow || spells.get(i).isOpen()) {
                byValue.computeIfAbsent(
                                places.get(i).block().value(places.get(i).index(), slice), any -> new ArrayList<>())
                        .add(spells.get(i));
            }
        }
        return byValue;
    }

    private Cube cube(SeriesKey series) {
        return cubes.computeIfAbsent(series, any -> new Cube(asOf));
    }
}
