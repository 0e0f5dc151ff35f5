package uk.fpw.warehouse.force;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.queue.CrossedSlice;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.WaitComparison;
import uk.fpw.warehouse.force.staging.StagingQuery;

/**
 * Figures of a queue that are withheld, because they need a value at entry of undeclared origin, or because a test
 * would compare groups between which items move. Counts are never withheld.
 */
public final class EntryRefusals {

    /** Name of an exit by which items move to another group. */
    private static final String MOVED = "moved";

    private final Map<String, String> slices = new LinkedHashMap<>();
    private final boolean hasMoves;

    private EntryRefusals(Force force, Queue queue) {
        Set<String> opening = Stream.concat(
                        queue.enters().stream(), queue.reEnters().stream().map(Queue.ReEntry::event))
                .collect(Collectors.toSet());
        for (StagingQuery staging : force.stagings()) {
            if (staging.itemKind().equals(queue.itemKind())
                    && staging.events().stream().anyMatch(opening::contains)) {
                queue.slices().stream()
                        .filter(slice -> staging.attributes().contains(slice) && staging.atEntry(slice) == null)
                        .forEach(slice -> slices.putIfAbsent(
                                slice,
                                "where the value of " + slice + " at entry comes from is not declared (at_entry in "
                                        + "staging/" + staging.name() + ".yml)"));
            }
        }
        queue.allSlices().stream().filter(CrossedSlice::isCrossed).forEach(cross -> queue.slices().stream()
                .filter(slice -> slices.containsKey(slice) && CrossedSlice.isBy(cross, slice))
                .forEach(slice -> slices.putIfAbsent(cross, slices.get(slice))));
        this.hasMoves = queue.leaves().stream().anyMatch(exit -> exit.as().equals(MOVED));
    }

    /** The withheld figures of a queue. */
    public static EntryRefusals of(Force force, Queue queue) {
        return new EntryRefusals(force, queue);
    }

    /** Slices without curves and standards, with the reason. */
    public Map<String, String> slices() {
        return Map.copyOf(slices);
    }

    /** Why performance against a standard is not reported; null if it is. */
    public @Nullable String ofStandard(Queue.Standard standard) {
        return standard.when().keySet().stream()
                .filter(slices::containsKey)
                .findFirst()
                .map(slices::get)
                .orElse(null);
    }

    /** Why groups are not compared; null if they are. */
    public @Nullable String ofComparison(WaitComparison comparison) {
        String reason = Stream.of(comparison.slice(), comparison.within())
                .flatMap(Stream::ofNullable)
                .filter(slices::containsKey)
                .findFirst()
                .map(slices::get)
                .orElse(null);
        return reason == null && hasMoves && comparison.slice() != null
                ? "items move between the groups, and who moves depends on how long he waited"
                : reason;
    }
}
