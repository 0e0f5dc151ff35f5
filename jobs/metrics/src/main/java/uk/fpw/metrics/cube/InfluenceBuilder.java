package uk.fpw.metrics.cube;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;

/**
 * The second pass over the spells of some contributors, after the counts of all are known: adds up the variances of
 * curves and tests by contributor. One builder must get all spells of a contributor. Keeps sums for the days of each
 * curve, whatever the number of contributors.
 */
public final class InfluenceBuilder {

    private final List<QueueSpec> queues;
    private final Map<SeriesKey, WaitWeights> weights;
    private final Map<SeriesKey, SeriesInfluences> series = new HashMap<>();

    /** @param weights of series that have variances; the others are skipped */
    public InfluenceBuilder(List<QueueSpec> queues, Map<SeriesKey, WaitWeights> weights) {
        this.queues = queues;
        this.weights = weights;
    }

    /** Adds all spells of some contributors. */
    public InfluenceBuilder add(List<SpellBlock> blocks) {
        if (!weights.isEmpty()) {
            new ContributorGroups(blocks).forEach(this::add);
        }
        return this;
    }

    private void add(int queue, List<ContributorGroups.Place> places) {
        add(SeriesKey.total(queue), places);
        for (int slice = 0; slice < queues.get(queue).slices().size(); slice++) {
            for (Map.Entry<String, List<ContributorGroups.Place>> value :
                    byValue(places, slice).entrySet()) {
                add(new SeriesKey(queue, slice, value.getKey()), value.getValue());
            }
        }
    }

    private static Map<String, List<ContributorGroups.Place>> byValue(List<ContributorGroups.Place> places, int slice) {
        if (places.size() == 1) {
            return Map.of(places.get(0).value(slice), places);
        }
        Map<String, List<ContributorGroups.Place>> byValue = new LinkedHashMap<>();
        for (ContributorGroups.Place place : places) {
            byValue.computeIfAbsent(place.value(slice), any -> new ArrayList<>())
                    .add(place);
        }
        return byValue;
    }

    private void add(SeriesKey key, List<ContributorGroups.Place> places) {
        WaitWeights ofSeries = weights.get(key);
        if (ofSeries != null) {
            series.computeIfAbsent(key, any -> new SeriesInfluences(queues.get(key.queue()), ofSeries))
                    .add(Cube.windowKinds(key.slice()), key.isTotal(), places);
        }
    }

    /** The sums of each series. */
    public Map<SeriesKey, WaitSums> sums() {
        Map<SeriesKey, WaitSums> sums = new HashMap<>();
        series.forEach((key, influences) -> sums.put(key, influences.sums()));
        return sums;
    }
}
