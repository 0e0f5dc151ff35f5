package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.Suggestions;

/** Checks that codes and closed lists belong to suitable columns and refer to events of staging queries. */
public final class ClosedListsCheck {

    private static final Set<String> TEMPORAL = Set.of("date", "instant", "local_time");
    private static final Set<String> CODED = Set.of("text", "whole", "boolean");

    private final DefinitionFile feed;
    private final ConfigErrors errors;
    private boolean areEventsKnown = true;

    /** Checks one feed. */
    public ClosedListsCheck(DefinitionFile feed, ConfigErrors errors) {
        this.feed = feed;
        this.errors = errors;
    }

    /** Adds an error for each mistake; {@code stagings} are all staging queries of the folder. */
    public void check(List<DefinitionFile> stagings) {
        for (DefinitionFile.Part column : feed.parts("columns")) {
            if (column.tree().path("values").size() > 0) {
                requireShown(column, column.path("values"), Set.of("text"));
            }
        }
        areEventsKnown = stagings.stream().allMatch(DefinitionFile::isValid);
        Set<String> known = events(stagings);
        for (var codes : feed.at("codes").properties()) {
            String field = "codes." + codes.getKey();
            requireColumn(codes.getKey(), field, CODED);
            for (var code : codes.getValue().properties()) {
                events(field + "." + code.getKey(), code.getValue(), known);
            }
        }
        for (var date : feed.at("dates").properties()) {
            String field = "dates." + date.getKey();
            requireColumn(date.getKey(), field, TEMPORAL);
            String event = date.getValue().asText();
            if (!feed.at("codes").has(event)) {
                requireEvent(field, event, known);
            } else if (feed.at("dates").properties().stream()
                            .filter(other -> other.getValue().asText().equals(event))
                            .count()
                    > 1) {
                add(field, "is not the only date of the codes of '" + event + "'", "keep one of them");
            }
        }
    }

    private Set<String> events(List<DefinitionFile> stagings) {
        Set<String> events = new TreeSet<>();
        stagings.stream()
                .filter(staging -> staging.texts("feeds").stream()
                        .anyMatch(read -> read.text().equals(feed.text("feed"))))
                .forEach(staging -> staging.texts("events").forEach(event -> events.add(event.text())));
        return events;
    }

    private void events(String field, JsonNode written, Set<String> known) {
        if (!written.isTextual()) {
            written.forEach(event -> requireEvent(field, event.asText(), known));
        } else if (!written.textValue().equals(ClosedLists.IGNORED)) {
            requireEvent(field, written.textValue(), known);
        }
    }

    private void requireEvent(String field, String event, Set<String> known) {
        if (areEventsKnown && !known.contains(event)) {
            add(
                    field,
                    "'" + event + "' is not an event of a staging query that reads this feed",
                    Suggestions.remedy(event, known, "events"));
        }
    }

    private void requireColumn(String name, String field, Set<String> types) {
        DefinitionFile.Part column = column(name);
        if (column == null) {
            Set<String> names = feed.parts("columns").stream()
                    .map(part -> part.text("name"))
                    .flatMap(Stream::ofNullable)
                    .collect(Collectors.toSet());
            add(field, "'" + name + "' is not among the columns", Suggestions.remedy(name, names, "columns"));
        } else {
            requireShown(column, field, types);
        }
    }

    private DefinitionFile.@Nullable Part column(String name) {
        return feed.parts("columns").stream()
                .filter(part -> name.equals(part.text("name")))
                .findFirst()
                .orElse(null);
    }

    private void requireShown(DefinitionFile.Part column, String field, Set<String> types) {
        String type = column.text("type");
        if (type != null && !types.contains(type)) {
            add(
                    field,
                    "'" + column.text("name") + "' is of type " + type,
                    "choose a column of type " + String.join(", ", new TreeSet<>(types)));
        } else if ("pseudonymise".equals(column.text("privacy"))) {
            add(
                    field,
                    "'" + column.text("name") + "' is stored as a keyed hash, so its values cannot be listed",
                    "remove it, or change the column's privacy to not_personal if it is");
        }
    }

    private void add(String field, String problem, String remedy) {
        errors.add(feed.file(), feed.line(field), field, problem, remedy);
    }
}
