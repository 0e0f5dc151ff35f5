package uk.fpw.warehouse.force.feed;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a feed declares about the values of its columns. The audit uses it to compare rows with the events that staging
 * makes of them.
 *
 * @param values by column, the allowed values; any other counts as {@link #NOT_LISTED}
 * @param codes by column and code, the event that staging makes of it: one of several if that depends on other columns;
 *     empty for a code that means no event
 * @param dates by date or time column, the event that it dates, or the code column whose events it dates
 */
public record ClosedLists(
        Map<String, Set<String>> values, Map<String, Map<String, List<String>>> codes, Map<String, String> dates) {

    /** Value shown in core, marts and pages for a value outside its closed list. */
    public static final String NOT_LISTED = "(not listed)";

    /** Written instead of an event in a feed's file: the code means no event. */
    public static final String IGNORED = "ignored";

    /** A feed that declares nothing. */
    public static final ClosedLists NONE = new ClosedLists(Map.of(), Map.of(), Map.of());

    /** Whether the feed declares nothing. */
    public boolean isEmpty() {
        return equals(NONE);
    }

    /** The column with the date or time of the events of a code column; null if the feed has none. */
    public @Nullable String dateOfCodes(String column) {
        return dates.entrySet().stream()
                .filter(date -> date.getValue().equals(column))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    /** The event that a date column dates by itself; null if it belongs to codes. */
    public @Nullable String eventOf(String dateColumn) {
        String event = Objects.requireNonNull(dates.get(dateColumn));
        return codes.containsKey(event) ? null : event;
    }

    /**
     * Whether a date may lie in the future, such as a deadline. It may if the feed declares which dates belong to
     * events, and not this one.
     */
    public boolean mayBeAhead(String dateColumn) {
        return !dates.isEmpty() && !dates.containsKey(dateColumn);
    }
}
