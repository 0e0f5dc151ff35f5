package uk.fpw.layout;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ids of spells and judgements: hashes of their content, so they are stable across runs. */
public final class RowIds {

    private RowIds() {}

    /**
     * The event with which an item enters a queue.
     *
     * @param occurredOn local date
     * @param occurredAt microseconds since 1970-01-01 UTC; null if only the date is known
     * @param order order among events at the same time
     */
    public record Opening(
            String event, LocalDate occurredOn, @Nullable Long occurredAt, long order) {}

    /** Id of the spell that begins with an event. */
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
     * @param values values of its columns up to the counts, in the column order of {@code core.grading}; an unknown
     *     count is an empty text
     * @param copyNumber position among equal judgements of the item
     * @param unit null if not recorded; the id then equals that of releases without units
     */
    public static String ofGrading(KeyFormat format, List<String> values, int copyNumber, @Nullable String unit) {
        List<String> all = new ArrayList<>(values);
        all.add(String.valueOf(copyNumber));
        if (unit != null) {
            all.add(unit);
        }
        return format.keyOf(json(all));
    }

    /** The texts as a JSON array, as Spark writes it. */
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
