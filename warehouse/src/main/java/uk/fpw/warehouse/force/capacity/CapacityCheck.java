package uk.fpw.warehouse.force.capacity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/**
 * Checks units and providers beyond their structure: their queues and slices, and that no work or staff is assigned
 * twice.
 */
public final class CapacityCheck {

    private final List<DefinitionFile> capacities;
    private final ConfigErrors errors;
    private final Map<String, DefinitionFile> byStaff = new HashMap<>();
    private final Map<String, DefinitionFile> byQueue = new HashMap<>();

    public CapacityCheck(List<DefinitionFile> capacities, ConfigErrors errors) {
        this.capacities = capacities;
        this.errors = errors;
    }

    /**
     * Checks all units and providers.
     *
     * @param queues the readable queue files
     * @param names names of all queue files
     * @param staffings names of all staffing queries
     */
    public void check(List<DefinitionFile> queues, Set<String> names, Set<String> staffings) {
        for (DefinitionFile capacity : capacities) {
            queue(capacity, queues, names);
            work(capacity);
            staff(capacity, staffings);
        }
    }

    private void queue(DefinitionFile capacity, List<DefinitionFile> queues, Set<String> names) {
        String name = capacity.text("queue");
        if (name != null && !names.contains(name)) {
            add(capacity, "queue", "there is no queue '" + name + "'", Suggestions.remedy(name, names, "queues"));
        }
        String slice = capacity.text("slice");
        if (slice == null) {
            return;
        }
        if ("unit".equals(capacity.text("kind"))) {
            add(
                    capacity,
                    "slice",
                    "is only for providers",
                    "remove it, or write one file for each unit, with a queue of its own");
            return;
        }
        queues.stream()
                .filter(queue ->
                        queue.text("queue") != null && queue.text("queue").equals(name))
                .forEach(queue -> {
                    Set<String> slices = queue.texts("slices").stream()
                            .map(DefinitionFile.Entry::text)
                            .collect(Collectors.toSet());
                    if (!slices.contains(slice)) {
                        add(
                                capacity,
                                "slice",
                                "'" + slice + "' is not among the slices of queue '" + name + "'",
                                Suggestions.remedy(slice, slices, "slices"));
                    }
                });
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
            add(
                    capacity,
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
            add(
                    capacity,
                    "staffing_unit",
                    "there is no staffing query that could return '" + unit + "'",
                    "add one in the folder staffing, or remove the field");
        }
        DefinitionFile earlier = byStaff.putIfAbsent(unit, capacity);
        if (earlier != null) {
            add(
                    capacity,
                    "staffing_unit",
                    "'" + unit + "' is also in " + earlier.file(),
                    "keep it in one of them, otherwise the same staff is counted twice");
        }
    }

    private void add(DefinitionFile capacity, String field, String problem, String remedy) {
        errors.add(capacity.file(), capacity.line(field), field, problem, remedy);
    }
}
