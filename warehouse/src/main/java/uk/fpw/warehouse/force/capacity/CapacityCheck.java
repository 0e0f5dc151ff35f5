package uk.fpw.warehouse.force.capacity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.fpw.warehouse.force.yaml.DefinitionFile;

/**
 * Checks units and providers beyond their structure: their queues and slices, and that no work or staff is assigned
 * twice.
 */
public final class CapacityCheck {

    private final Map<String, DefinitionFile> byStaff = new HashMap<>();
    private final Map<String, DefinitionFile> byQueue = new HashMap<>();

    /**
     * Checks one unit or provider, also against those that were checked before.
     *
     * @param queues the readable queue files
     * @param names names of all queue files
     * @param staffings names of all staffing queries
     */
    public void check(DefinitionFile capacity, List<DefinitionFile> queues, Set<String> names, Set<String> staffings) {
        queue(capacity, queues, names);
        work(capacity);
        staff(capacity, staffings);
    }

    private static void queue(DefinitionFile capacity, List<DefinitionFile> queues, Set<String> names) {
        String name = capacity.text("queue");
        capacity.requireKnown("queue", names, "queues", "there is no queue '" + name + "'");
        String slice = capacity.text("slice");
        if (slice == null) {
            return;
        }
        if (capacity.is("kind", "unit")) {
            capacity.error(
                    "slice",
                    "is only for providers",
                    "remove it, or write one file for each unit, with a queue of its own");
            return;
        }
        for (DefinitionFile queue : queues) {
            if (queue.is("queue", name)) {
                capacity.requireKnown(
                        "slice",
                        queue.set("slices"),
                        "slices",
                        "'" + slice + "' is not among the slices of queue '" + name + "'");
            }
        }
    }

    /** Two units with the same queue would both show all of its work, and so would two providers without a slice. */
    private void work(DefinitionFile capacity) {
        String queue = capacity.text("queue");
        String kind = capacity.text("kind");
        if (queue == null || kind == null) {
            return;
        }
        DefinitionFile earlier = byQueue.putIfAbsent(kind + " of " + queue, capacity);
        if (earlier != null) {
            capacity.error(
                    "queue",
                    "'" + queue + "' is also the queue of the " + kind + " in " + earlier.file(),
                    kind.equals("provider")
                            ? "keep one of them, with the slice that tells the providers apart, otherwise the same "
                                    + "work is counted twice"
                            : "give each unit a queue of its own, otherwise the same work is counted twice");
        }
    }

    private void staff(DefinitionFile capacity, Set<String> staffings) {
        String unit = capacity.text("staffing_unit");
        if (unit == null) {
            return;
        }
        if (staffings.isEmpty()) {
            capacity.error(
                    "staffing_unit",
                    "there is no staffing query that could return '" + unit + "'",
                    "add one in the folder staffing, or remove the field");
        }
        DefinitionFile earlier = byStaff.putIfAbsent(unit, capacity);
        if (earlier != null) {
            capacity.error(
                    "staffing_unit",
                    "'" + unit + "' is also in " + earlier.file(),
                    "keep it in one of them, otherwise the same staff is counted twice");
        }
    }
}
