package uk.fpw.nightly.run.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.QueueDefinitions.Used;

/**
 * What is said about queues that two releases chart or judge by different declarations. Their cause is
 * <em>definition</em>, as of counts; but no count differs, so that no row of {@code mart.figure_change} has it.
 */
public final class PresentationNotes {

    private PresentationNotes() {}

    /**
     * A sentence for each queue of both releases that has other declarations.
     *
     * @param earlier the queues of the earlier release
     * @param later those of the later one
     */
    public static List<String> between(Map<String, Used> earlier, Map<String, Used> later) {
        SortedMap<String, Map<String, String>> presentations = new TreeMap<>();
        later.forEach((queue, used) -> presentations.put(queue, used.presentation()));
        return of(earlier, presentations);
    }

    /** The same for the queues of a force whose release is being made. */
    public static List<String> between(Map<String, Used> earlier, List<QueueFingerprint> later) {
        SortedMap<String, Map<String, String>> presentations = new TreeMap<>();
        later.forEach(queue -> presentations.put(queue.queue(), queue.presentation()));
        return of(earlier, presentations);
    }

    private static List<String> of(Map<String, Used> earlier, SortedMap<String, Map<String, String>> later) {
        List<String> notes = new ArrayList<>();
        later.forEach((queue, now) -> {
            Used before = earlier.get(queue);
            if (before != null) {
                SortedMap<String, String> differences = QueueDefinitions.differences(now, before.presentation());
                SortedMap<String, String> crosses = new TreeMap<>(differences);
                crosses.keySet().retainAll(Set.of("cross"));
                differences.keySet().removeAll(crosses.keySet());
                if (!differences.isEmpty()) {
                    notes.add("definition: " + queue + " has " + text(now, differences)
                            + "; no count differs by it, but charts or verdicts may");
                }
                if (!crosses.isEmpty()) {
                    notes.add("definition: " + queue + " has " + text(now, crosses)
                            + "; figures by pairs of slices begin or end, and no other figure differs by it");
                }
            }
        });
        return notes;
    }

    private static String text(Map<String, String> now, SortedMap<String, String> before) {
        List<String> fields = new ArrayList<>();
        before.forEach((field, value) ->
                fields.add(field + " " + Objects.requireNonNull(now.get(field)) + " instead of " + value));
        return String.join(", ", fields);
    }
}
