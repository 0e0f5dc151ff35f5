package uk.fpw.warehouse.force.feed;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** The columns of a feed, as its other fields refer to them. */
record FeedColumns(DefinitionFile feed) {

    static final Set<String> TEMPORAL = Set.of("date", "instant", "local_time");

    /** Types whose values say what is later. */
    static final Set<String> ORDERED = Set.of("whole", "date", "instant", "local_time");

    /** The column named in a field; null if the field is absent, or the column does not exist, which is reported. */
    DefinitionFile.@Nullable Part column(String field) {
        return column(field, feed.text(field));
    }

    /** The column of that name; null if there is no name, or no such column, which is reported for the field. */
    DefinitionFile.@Nullable Part column(String field, @Nullable String name) {
        DefinitionFile.Part column = feed.part("columns", "name", name);
        Set<String> names = feed.set("columns", "name");
        if (column == null && name != null && !names.isEmpty()) {
            feed.error(field, "'" + name + "' is not among the columns", Suggestions.remedy(name, names, "columns"));
        }
        return column;
    }

    /**
     * Reports a column that a field refers to if it is of another type.
     *
     * @return whether it is of one of the types, or of one that its schema has reported
     */
    boolean requireType(String field, DefinitionFile.Part column, Set<String> types, String remedy) {
        return requireType(field, column, types, "", remedy);
    }

    /** The same with the reason why it must be of one of the types, such as {@code , which does not say ...}. */
    boolean requireType(String field, DefinitionFile.Part column, Set<String> types, String because, String remedy) {
        String type = column.text("type");
        boolean isOther = type != null && !types.contains(type);
        if (isOther) {
            feed.error(field, "'" + column.text("name") + "' is of type " + type + because, remedy);
        }
        return !isOther;
    }

    /** Reports a column of a database that is stored as text, although it should say what is later. */
    void refusePattern(String field, DefinitionFile.Part column) {
        if (column.has("pattern")) {
            feed.error(
                    field,
                    "'" + column.text("name")
                            + "' has a pattern, so the database stores it as text, which does not sort by time",
                    "choose a column of a date or time type");
        }
    }
}
