package uk.fpw.layout;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ids of spells and judgements: the hash of what they stand for, so that they are stable across runs. */
public final class RowIds {

    private RowIds() {}

    /**
     * The event with which an item enters a queue.
     *
     * @param occurredOn local date
     * @param occurredAt microseconds since 1970; null where only the date is known
     * @param order among events of the same time
     */
    public record Opening(
            String event, LocalDate occurredOn, @Nullable Long occurredAt, long order) {}

    /** Id of the spell of an item that begins with an event. */
    public static String ofSpell(KeyFormat format, String queue, String itemKey, Opening opening) {
        return format.keyOf(json(List.of(
                queue,
                itemKey,
                opening.event(),
                opening.occurredOn().toString(),
                opening.occurredAt() == null ? "" : String.valueOf(opening.occurredAt()),
                String.valueOf(opening.order()))));
    }

    /**
     * Id of a judgement.
     *
     * @param values of its columns up to the counts, in the order of {@code core.grading}; a count that is not known is
     *     an empty text
     * @param copyNumber its place among equal judgements of the item
     * @param unit null where it is not recorded: the id is then that of releases without units
     */
    public static String ofGrading(KeyFormat format, List<String> values, int copyNumber, @Nullable String unit) {
        List<String> all = new ArrayList<>(values);
        all.add(String.valueOf(copyNumber));
        if (unit != null) {
            all.add(unit);
        }
        return format.keyOf(json(all));
    }

    /** A list of texts as JSON, as Spark writes it. */
    private static String json(List<String> texts) {
        StringBuilder json = new StringBuilder("[");
        for (String text : texts) {
            json.append(json.length() == 1 ? "\"" : ",\"");
            JsonStringEncoder.getInstance().quoteAsString(text, json);
            json.append('"');
        }
        return json.append(']').toString();
    }
}
