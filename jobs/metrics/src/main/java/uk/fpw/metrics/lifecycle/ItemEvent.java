package uk.fpw.metrics.lifecycle;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One row of a staging query, about one item.
 *
 * @param occurredOn local day
 * @param occurredAt instant; null if only the day is known
 * @param eventOrder order in the source among the events of a day or instant
 * @param attributes values by which the item is sliced, without those that are not recorded
 * @param staging name of the staging query
 */
public record ItemEvent(
        String source,
        String itemKind,
        String contributorKey,
        String event,
        int occurredOn,
        @Nullable Long occurredAt,
        long eventOrder,
        Map<String, String> attributes,
        String staging) {

    /** If several rows state the same event, the first in this order is used. */
    static final Comparator<ItemEvent> FIRST_STATEMENT = Comparator.comparing(ItemEvent::staging, SparkText.ORDER)
            .thenComparing(ItemEvent::contributorKey, SparkText.ORDER)
            .thenComparing(event -> SparkText.json(new TreeMap<>(event.attributes())), SparkText.ORDER);

    /** What rows that state the same event have in common. */
    record Identity(
            String itemKind,
            String event,
            int occurredOn,
            @Nullable Long occurredAt,
            long eventOrder) {}

    /** By day, whether all its events have an instant: only then do instants order the events of the day. */
    static Map<Integer, Boolean> allTimed(Iterable<ItemEvent> events) {
        Map<Integer, Boolean> allTimed = new HashMap<>();
        for (ItemEvent event : events) {
            allTimed.merge(event.occurredOn(), event.occurredAt() != null, Boolean::logicalAnd);
        }
        return allTimed;
    }

    Identity identity() {
        return new Identity(itemKind, event, occurredOn, occurredAt, eventOrder);
    }
}
