package uk.fpw.metrics.lifecycle;

import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RowIds;

/**
 * One stay of an item in a queue, from the event that enters it to the event that leaves it.
 *
 * @param queue position of the queue among the force's
 * @param opening the event by which it began
 * @param closing the event by which it ended; null while the item is waiting
 * @param reentryReason why the item came back; null for its first spell
 * @param firstEnteredOn day of the item's first spell in the queue
 * @param leftAs how it ended; null while the item is waiting
 * @param isServed whether it ended because the work was done
 * @param atEntry values at entry of looked-up attributes; all others are those of the opening event
 * @param now for a waiting item, the latest known values of these attributes
 */
public record Spell(
        int queue,
        ItemEvent opening,
        @Nullable ItemEvent closing,
        @Nullable String reentryReason,
        int firstEnteredOn,
        @Nullable String leftAs,
        boolean isServed,
        Map<String, String> atEntry,
        Map<String, String> now) {

    /** Used if the source has no value. */
    public static final String NOT_RECORDED = "(not recorded)";

    /** Used if it is unknown which value the source had on the day of entry. */
    public static final String NOT_KNOWN = "(not known at entry)";

    /** Value of a slice at entry; {@link #NOT_RECORDED} or {@link #NOT_KNOWN} if there is none. */
    public String sliceValue(String slice) {
        String lookedUp = atEntry.get(slice);
        return lookedUp != null ? lookedUp : opening.attributes().getOrDefault(slice, NOT_RECORDED);
    }

    /** The latest known value of a slice, otherwise that at entry. */
    public String sliceValueNow(String slice) {
        String latest = now.get(slice);
        return latest != null ? latest : sliceValue(slice);
    }

    /** A copy with looked-up values. */
    public Spell with(Map<String, String> valuesAtEntry, Map<String, String> valuesNow) {
        return new Spell(
                queue,
                opening,
                closing,
                reentryReason,
                firstEnteredOn,
                leftAs,
                isServed,
                Map.copyOf(valuesAtEntry),
                Map.copyOf(valuesNow));
    }

    /** Hash of queue, item and opening event, so that the id is stable across runs. */
    public String id(String item, String queueName, KeyFormat format) {
        return RowIds.ofSpell(
                format,
                queueName,
                item,
                new RowIds.Opening(
                        opening.event(),
                        LocalDate.ofEpochDay(opening.occurredOn()),
                        opening.occurredAt(),
                        opening.eventOrder()));
    }

    /** Whether the item had a spell in the queue before. */
    public boolean isReentry() {
        return reentryReason != null;
    }
}
