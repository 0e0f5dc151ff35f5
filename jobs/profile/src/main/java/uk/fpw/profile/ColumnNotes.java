package uk.fpw.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.feed.Feed;

/** What is said of a column: counts, lengths and shapes, never a value. */
final class ColumnNotes {

    private ColumnNotes() {}

    /** What was seen, in the order of its weight. */
    static List<String> of(ColumnProfile column, long rowCount) {
        List<String> notes = new ArrayList<>();
        notes.addAll(column.type().notes());
        if (column.type().misfits() > 0) {
            notes.add(ProfileText.count(
                    column.type().misfits(),
                    "value is not a valid " + noun(column.type().type()) + ", so its row is refused",
                    "values are not a valid " + noun(column.type().type()) + ", so their rows are refused"));
        }
        column.markers()
                .forEach((marker, count) ->
                        notes.add(Plural.grouped(count, "time") + " " + ProfileText.quoted(marker) + " for no value"));
        notes.add(column.blanks() == 0 ? "never blank" : blank(column.blanks(), rowCount));
        notes.add(different(column));
        if (column.values() > 0) {
            notes.add(
                    column.shortest() == column.longest()
                            ? Plural.grouped(column.longest(), "character")
                            : column.shortest() + " to " + Plural.grouped(column.longest(), "character"));
        }
        if (!column.shapes().isEmpty()) {
            notes.add("such as " + column.shapes().get(0));
        }
        return notes;
    }

    private static String noun(Feed.Type type) {
        return switch (type) {
            case TEXT -> "text";
            case WHOLE -> "whole number";
            case DECIMAL -> "number";
            case BOOLEAN -> "yes or no";
            case DATE -> "date";
            case INSTANT, LOCAL_TIME -> "time";
        };
    }

    static String different(ColumnProfile column) {
        return (column.isExact() ? "" : "about ") + String.format(Locale.ROOT, "%,d different", column.distinctCount());
    }

    private static String blank(long blanks, long rowCount) {
        double share = 100.0 * blanks / Math.max(1, rowCount);
        return String.format(
                Locale.ROOT,
                "%,d blank (%s %%)",
                blanks,
                share < 0.1 ? "less than 0.1" : String.format(Locale.ROOT, "%.1f", share));
    }
}
