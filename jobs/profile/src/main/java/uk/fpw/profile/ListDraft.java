package uk.fpw.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.force.feed.Feed;

/** The codes, dates and closed lists of a draft: all that it says of values. */
final class ListDraft {

    private static final Pattern CODE = Pattern.compile("[A-Z0-9][A-Z0-9_-]{0,7}");

    private final Map<String, ColumnProfile> lists = new LinkedHashMap<>();
    private final Map<String, ColumnProfile> codes = new LinkedHashMap<>();
    private final List<String> dates = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /**
     * Of the columns that are not part of the key.
     *
     * @param names of the columns in the warehouse
     * @param isLoaded whether a column is loaded as it is
     * @param events by the position of a column of dates, what happened on them; empty if that is to be decided
     */
    ListDraft(
            SourceProfile profile, List<String> names, Predicate<ColumnProfile> isLoaded, Map<Integer, String> events) {
        events.forEach((column, event) -> told.add(names.get(column) + ": " + event));
        for (int index = 0; index < names.size(); index++) {
            ColumnProfile column = profile.columns().get(index);
            if (profile.key().contains(index) || !isLoaded.test(column)) {
                continue;
            }
            if (column.type().isTime()) {
                dates.add(names.get(index));
            } else if (column.type().type() == Feed.Type.TEXT
                    && !column.commonValues().isEmpty()) {
                boolean areCodes = column.commonValues().stream()
                        .allMatch(value -> CODE.matcher(value).matches());
                (areCodes && events.isEmpty() ? codes : lists).put(names.get(index), column);
            }
        }
    }

    /** What the draft says of values in its first lines. */
    String notice() {
        return codes.isEmpty() && lists.isEmpty()
                ? "It contains no value of the source."
                : "Of the values of the source it contains those of its codes and lists: check that none is personal.";
    }

    /** Before the columns. */
    String fields() {
        StringBuilder yaml = new StringBuilder();
        if (!codes.isEmpty()) {
            yaml.append(
                    "codes:    # DECIDE: the event that the staging query makes of each, ignored if it makes none\n");
            codes.forEach((name, column) -> yaml.append("  ")
                    .append(name)
                    .append(": ")
                    .append(column.commonValues().stream()
                            .map(code -> ProfileText.quoted(code) + ": " + ClosedLists.IGNORED)
                            .collect(Collectors.joining(", ", "{", "}")))
                    .append('\n'));
        }
        if (!told.isEmpty()) {
            yaml.append("dates: {").append(String.join(", ", told)).append("}    # a date without its event is told\n");
        } else if (!dates.isEmpty()) {
            yaml.append("# DECIDE: the events that dates tell of, or the column of their codes:\n# dates: ")
                    .append(dates.stream().map(name -> name + ": event").collect(Collectors.joining(", ", "{", "}")))
                    .append('\n');
        }
        return yaml.toString();
    }

    /** Within the column; empty for one without a list. */
    String values(String name) {
        ColumnProfile column = lists.get(name);
        return column == null
                ? ""
                : column.commonValues().stream()
                        .map(ProfileText::quoted)
                        .collect(Collectors.joining(", ", ", values: [", "]"));
    }
}
