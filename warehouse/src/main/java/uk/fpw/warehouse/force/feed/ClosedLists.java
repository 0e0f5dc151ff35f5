package uk.fpw.warehouse.force.feed;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a feed says of the values of its columns, so that the audit can compare its rows with the events that staging
 * makes of them.
 *
 * @param values by column, the only values that it should have; any other counts as {@link #NOT_LISTED}
 * @param codes by column and code, the event that staging makes of it: one of several where it depends on other
 *     columns, none for a code that tells of no event
 * @param dates by column of a date or time, the event that it tells of, or the column of codes whose events happened
 *     then
 */
public record ClosedLists(
        Map<String, Set<String>> values, Map<String, Map<String, List<String>>> codes, Map<String, String> dates) {

    /** What a value outside its closed list counts as, in core, marts and pages. */
    public static final String NOT_LISTED = "(not listed)";

    /** In a feed's file instead of an event: the code tells of none. */
    public static final String IGNORED = "ignored";

    /** Of a feed that lists nothing. */
    public static final ClosedLists NONE = new ClosedLists(Map.of(), Map.of(), Map.of());

    /** Whether the feed lists nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The date or time at which the events of a column's codes happened; null if the feed does not say. */
    public @Nullable String dateOfCodes(String column) {
        return dates.entrySet().stream()
                .filter(date -> date.getValue().equals(column))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** The event of which a date tells by itself; null where it is that of codes. */
    public @Nullable String eventOf(String dateColumn) {
        String event = Objects.requireNonNull(dates.get(dateColumn));
        return codes.containsKey(event) ? null : event;
    }

    /** Whether a date may lie in the future, such as a deadline: the feed says which dates tell of events. */
    public boolean mayBeAhead(String dateColumn) {
        return !dates.isEmpty() && !dates.containsKey(dateColumn);
    }
}
