package uk.fpw.warehouse.force;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.queue.WaitComparison;

/**
 * A fingerprint of everything that determines what a declared comparison compares. Comments, layout, the order of
 * queues and texts for readers do not matter.
 *
 * @param declaration place of the declaration: {@code changes/NAME}, or {@code queues/QUEUE/COMPARISON}
 * @param visibleFrom first day of the weeks after a change; null for a comparison of a queue
 * @param fields fields by name in alphabetical order, each as JSON
 */
public record ComparisonFingerprint(
        String declaration, @Nullable LocalDate visibleFrom, Map<String, String> fields) {

    /** Place of the comparison of a change. */
    public static String of(Change change) {
        return "changes/" + change.name();
    }

    /** Place of a comparison of a queue. */
    public static String of(Queue queue, WaitComparison comparison) {
        return "queues/" + queue.name() + "/" + comparison.name();
    }

    /** The fingerprints of all comparisons that a force declares: those of changes, by date, then those of queues. */
    public static List<ComparisonFingerprint> of(Force force) {
        List<ComparisonFingerprint> all = new ArrayList<>();
        for (Change change : force.changes().all()) {
            Change.Comparison declared = change.comparison();
            if (declared != null) {
                all.add(new ComparisonFingerprint(
                        of(change),
                        change.date().with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY)),
                        fields(change, declared)));
            }
        }
        for (Queue queue : force.queues()) {
            for (WaitComparison comparison : queue.comparisons()) {
                all.add(new ComparisonFingerprint(of(queue, comparison), null, fields(comparison)));
            }
        }
        return List.copyOf(all);
    }

    /** SHA-256 (hex) of the fields. */
    public String digest() {
        return QueueFingerprint.sha256(fields.entrySet().stream()
                .map(field -> field.getKey() + ": " + field.getValue())
                .toList());
    }

    /** Names of the fields with other values in another version of the declaration, in alphabetical order. */
    public SortedSet<String> differences(Map<String, String> others) {
        SortedSet<String> names = new TreeSet<>(fields.keySet());
        names.addAll(others.keySet());
        names.removeIf(name -> Objects.equals(fields.get(name), others.get(name)));
        return names;
    }

    private static Map<String, String> fields(Change change, Change.Comparison declared) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("date", change.date().toString());
        fields.put("queues", new TreeSet<>(change.queues()));
        fields.put("outcome", declared.outcome().text());
        fields.put("direction", declared.direction().text());
        fields.put("declared_on", declared.declaredOn().toString());
        fields.put("weeks", declared.weeks());
        return texts(fields);
    }

    private static Map<String, String> fields(WaitComparison comparison) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("by", comparison.by().name().toLowerCase(Locale.ROOT));
        fields.put("slice", String.valueOf(comparison.slice()));
        fields.put(
                "every",
                comparison.every() == null ? "null" : comparison.every().words());
        // Every group is compared with every other, so their order does not matter.
        fields.put("of", new TreeSet<>(comparison.of()));
        fields.put("within", String.valueOf(comparison.within()));
        return texts(fields);
    }

    private static Map<String, String> texts(Map<String, Object> fields) {
        Map<String, String> texts = new TreeMap<>();
        fields.forEach((name, value) -> texts.put(name, QueueFingerprint.json(value)));
        return texts;
    }
}
