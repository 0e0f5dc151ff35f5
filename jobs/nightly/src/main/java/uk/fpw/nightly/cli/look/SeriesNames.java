package uk.fpw.nightly.cli.look;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** The queues that have figures, and the slices of each; {@code all} is a slice of every queue. */
final class SeriesNames {

    private final SortedMap<String, SortedSet<String>> slicesByQueue = new TreeMap<>();

    /**
     * Adds the queues and slices of rows.
     *
     * @param rows rows with a column {@code queue} and, if they have slices, {@code slice}
     */
    SeriesNames add(Collection<? extends Map<String, @Nullable Object>> rows) {
        rows.forEach(this::add);
        return this;
    }

    /** Adds the queue and slice of a row. */
    void add(Map<String, @Nullable Object> row) {
        SortedSet<String> slices = slicesByQueue.computeIfAbsent(
                Objects.requireNonNull(row.get("queue"), "queue").toString(), first -> new TreeSet<>(List.of("all")));
        Object slice = row.get("slice");
        if (slice != null) {
            slices.add(slice.toString());
        }
    }

    /** Adds the names of another instance. */
    SeriesNames add(SeriesNames other) {
        other.slicesByQueue.forEach((queue, slices) ->
                slicesByQueue.computeIfAbsent(queue, first -> new TreeSet<>()).addAll(slices));
        return this;
    }

    /**
     * Rejects names that no figure has.
     *
     * @param queue null for every queue
     * @throws FpwException with {@code CONFIGURATION}, listing the known names
     */
    void require(@Nullable String queue, String slice) {
        SortedSet<String> slices = queue == null ? anySlices() : slicesByQueue.get(queue);
        if (slices == null) {
            throw unknown("queue", Objects.requireNonNull(queue), "", slicesByQueue.keySet());
        }
        if (!slices.contains(slice) && !slice.equals("all")) {
            throw unknown("slice", slice, queue == null ? "" : " of queue '" + queue + "'", slices);
        }
    }

    private SortedSet<String> anySlices() {
        return slicesByQueue.values().stream()
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static FpwException unknown(String kind, String name, String of, Collection<String> known) {
        String nearest = Suggestions.to(name, known);
        return FpwException.configuration(
                "there is no " + kind + " '" + DisplayText.text(name) + "'" + of + "; " + kind + "s: "
                        + (known.isEmpty()
                                ? "none"
                                : known.stream().map(DisplayText::text).collect(Collectors.joining(", ")))
                        + (nearest == null ? "" : "; " + Suggestions.remedy(DisplayText.text(nearest), "")));
    }

    /** The queues that have that slice here, but not in the other instance. */
    List<String> queuesMissingFrom(SeriesNames other, String slice) {
        List<String> missing = new ArrayList<>();
        slicesByQueue.forEach((queue, slices) -> {
            if (slices.contains(slice)
                    && !other.slicesByQueue.getOrDefault(queue, new TreeSet<>()).contains(slice)) {
                missing.add(queue);
            }
        });
        return missing;
    }
}
