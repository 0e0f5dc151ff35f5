package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionFiles;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that codes and closed lists belong to suitable columns and refer to events of staging queries. */
public record ClosedListsCheck(DefinitionFile feed) {

    private static final Set<String> CODED = Set.of("text", "whole", "boolean");

    /** Adds an error for each mistake; {@code stagings} are all staging queries of the folder. */
    public void check(List<DefinitionFile> stagings) {
        for (DefinitionFile.Part column : feed.parts("columns")) {
            if (column.at("values").size() > 0) {
                requireShown(column.path("values"), column, Set.of("text"));
            }
        }
        boolean areEventsKnown = stagings.stream().allMatch(DefinitionFile::isValid);
        Set<String> known = areEventsKnown ? events(stagings) : null;
        for (var codes : feed.at("codes").properties()) {
            String field = "codes." + codes.getKey();
            requireColumn(codes.getKey(), field, CODED);
            for (var code : codes.getValue().properties()) {
                events(field + "." + code.getKey(), code.getValue(), known);
            }
        }
        for (var date : feed.at("dates").properties()) {
            String field = "dates." + date.getKey();
            requireColumn(date.getKey(), field, FeedColumns.TEMPORAL);
            String event = date.getValue().asText();
            if (!feed.at("codes").has(event)) {
                requireEvent(field, event, known);
            } else if (feed.at("dates").properties().stream()
                            .filter(other -> other.getValue().asText().equals(event))
                            .count()
                    > 1) {
                feed.error(field, "is not the only date of the codes of '" + event + "'", "keep one of them");
            }
        }
    }

    private Set<String> events(List<DefinitionFile> stagings) {
        return DefinitionFiles.union(
                stagings.stream()
                        .filter(staging -> staging.set("feeds").stream().anyMatch(read -> feed.is("feed", read)))
                        .toList(),
                "events");
    }

    private void events(String field, JsonNode written, @Nullable Set<String> known) {
        if (!written.isTextual()) {
            written.forEach(event -> requireEvent(field, event.asText(), known));
        } else if (!written.textValue().equals(ClosedLists.IGNORED)) {
            requireEvent(field, written.textValue(), known);
        }
    }

    /** @param known the events of the staging queries; null if one of these is invalid */
    private void requireEvent(String field, String event, @Nullable Set<String> known) {
        if (known != null && !known.contains(event)) {
            feed.error(
                    field,
                    "'" + event + "' is not an event of a staging query that reads this feed",
                    Suggestions.remedy(event, known, "events"));
        }
    }

    private void requireColumn(String name, String field, Set<String> types) {
        DefinitionFile.Part column = new FeedColumns(feed).column(field, name);
        if (column != null) {
            requireShown(field, column, types);
        }
    }

    private void requireShown(String field, DefinitionFile.Part column, Set<String> types) {
        String remedy = "choose a column of type " + String.join(", ", new TreeSet<>(types));
        if (new FeedColumns(feed).requireType(field, column, types, remedy) && column.is("privacy", "pseudonymise")) {
            feed.error(
                    field,
                    "'" + column.text("name") + "' is stored as a keyed hash, so its values cannot be listed",
                    "remove it, or change the column's privacy to not_personal if it is");
        }
    }
}
