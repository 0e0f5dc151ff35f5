package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks the key and item columns of a feed. */
final class KeyCheck {

    private static final Set<String> ORDERED = Set.of("whole", "date", "instant", "local_time");

    private final DefinitionFile feed;
    private final ConfigErrors errors;

    KeyCheck(DefinitionFile feed, ConfigErrors errors) {
        this.feed = feed;
        this.errors = errors;
    }

    /**
     * A column of the key.
     *
     * @param column its name; null if it has none
     * @param mayBeEmpty whether empty is a value like any other
     */
    private record Part(String path, @Nullable String column, boolean mayBeEmpty) {}

    void check(List<DefinitionFile.Part> columns) {
        Set<String> names = columns.stream()
                .map(column -> column.text("name"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
        boolean isByRow = Feed.ROW.equals(feed.text("key"));
        List<Part> parts = parts();
        parts.forEach(part -> reference(part.path(), part.column(), names));
        DefinitionFiles.checkDistinct(feed, parts, Part::column, Part::path, errors);
        String item = feed.text("item");
        if (isByRow) {
            byRow(names);
        }
        if (!(isByRow && Feed.ROW.equals(item))) {
            reference("item", item, names);
        }
        mayBeEmpty(parts, columns, item);
        order(columns, names, isByRow);
    }

    private void order(List<DefinitionFile.Part> columns, Set<String> names, boolean isByRow) {
        String order = feed.text("order");
        if (order == null) {
            return;
        }
        reference("order", order, names);
        if (isByRow) {
            add("order", "is set, but key is row: rows have no versions", "remove it, or list the columns of the key");
        }
        columns.stream()
                .filter(column -> order.equals(column.text("name")))
                .map(column -> column.text("type"))
                .filter(type -> type != null && !ORDERED.contains(type))
                .forEach(type -> add(
                        "order",
                        "'" + order + "' is of type " + type + ", which does not say what is later",
                        "choose a column of type whole, date, instant or local_time"));
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        JsonNode key = feed.at("key");
        for (int i = 0; key.isArray() && i < key.size(); i++) {
            JsonNode part = key.path(i);
            String path = "key[" + i + "]";
            parts.add(
                    part.isObject()
                            ? new Part(
                                    path + ".column",
                                    DefinitionFile.text(part, "column"),
                                    part.path("may_be_empty").asBoolean())
                            : new Part(path, part.textValue(), false));
        }
        return parts;
    }

    private void reference(String field, @Nullable String column, Set<String> names) {
        if (column != null && !names.isEmpty() && !names.contains(column)) {
            add(field, "'" + column + "' is not among the columns", Suggestions.remedy(column, names, "columns"));
        }
    }

    /** Rows identified by their values can only be distinguished within one extract. */
    private void byRow(Set<String> names) {
        if ("changes".equals(feed.text("extract"))) {
            add(
                    "key",
                    "is row, but extract is changes: a changed row cannot be distinguished from a new one",
                    "list the columns that identify a row in the source, or set extract to full");
        }
        if (feed.tree().has("deleted")) {
            add(
                    "deleted",
                    "is set, but key is row: a row marked as deleted has other values than "
                            + "before, so the earlier row cannot be found",
                    "remove it, or list the columns that identify a row in the source");
        }
        for (String own : List.of(Feed.ROW, "row_key")) {
            if (names.contains(own)) {
                add(
                        "key",
                        "is row, and a column is named '" + own + "', which is reserved for the key of the row",
                        "rename the column and put its header in from");
            }
        }
    }

    private void mayBeEmpty(List<Part> parts, List<DefinitionFile.Part> columns, @Nullable String item) {
        if (!parts.isEmpty() && parts.stream().allMatch(Part::mayBeEmpty)) {
            add("key", "may be empty in every part, so a row could have no key", "add a column that is always filled");
        }
        for (Part part : parts) {
            if (!part.mayBeEmpty() || part.column() == null) {
                continue;
            }
            if (part.column().equals(item)) {
                add(part.path(), "'" + item + "' may be empty, but is the item column", "remove may_be_empty");
            }
            boolean isRequired = columns.stream()
                    .anyMatch(column -> part.column().equals(column.text("name"))
                            && column.tree().path("required").asBoolean());
            if (isRequired) {
                add(part.path(), "'" + part.column() + "' may be empty, but is required", "remove one of them");
            }
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(feed.file(), feed.line(field), field, problem, remedy);
    }
}
