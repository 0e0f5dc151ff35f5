package uk.fpw.warehouse.force.yaml;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All definitions that could be read, valid or not. Null for files that are missing or unreadable.
 *
 * @param stagingsAreUnsure whether one of the staging queries is invalid, so that missing parts of staging queries must
 *     not be reported
 */
public record DefinitionFiles(
        @Nullable DefinitionFile force,
        @Nullable DefinitionFile connections,
        List<DefinitionFile> feeds,
        List<DefinitionFile> stagings,
        boolean stagingsAreUnsure,
        List<DefinitionFile> calendars,
        List<DefinitionFile> queues,
        List<DefinitionFile> milestones,
        List<DefinitionFile> rules,
        List<DefinitionFile> schemes,
        List<DefinitionFile> gradings,
        List<DefinitionFile> facts,
        BackgroundFiles background) {

    /**
     * Context for interpreting figures.
     *
     * @param changes dated changes
     * @param staffings queries that return staff in post
     * @param capacities units and providers that do the work
     * @param recommendations recommendations made to the force
     */
    public record BackgroundFiles(
            List<DefinitionFile> changes,
            List<DefinitionFile> staffings,
            List<DefinitionFile> capacities,
            List<DefinitionFile> recommendations) {}

    /** The feed of that name, or null if its file could not be read. */
    public @Nullable DefinitionFile feed(String name) {
        return feeds.stream()
                .filter(feed -> name.equals(feed.text("feed")) || name.equals(feed.baseName()))
                .findFirst()
                .orElse(null);
    }

    /** The staging queries of an item kind. */
    public List<DefinitionFile> stagingsOf(String itemKind) {
        return stagings.stream()
                .filter(staging -> itemKind.equals(staging.text("item_kind")))
                .toList();
    }

    public Set<String> itemKinds() {
        return stagings.stream()
                .map(staging -> staging.text("item_kind"))
                .flatMap(Stream::ofNullable)
                .collect(Collectors.toSet());
    }

    /**
     * Reports the {@code item_kind} of a definition if no staging query returns such items.
     *
     * @return its item kind; null if it is absent or unknown, or if the staging queries have errors
     */
    public @Nullable String itemKindOf(DefinitionFile definition) {
        String itemKind = definition.text("item_kind");
        if (itemKind == null || stagingsAreUnsure) {
            return null;
        }
        definition.requireKnown(
                "item_kind", itemKinds(), "kinds", "no staging query returns items of kind '" + itemKind + "'");
        return itemKinds().contains(itemKind) ? itemKind : null;
    }

    /** Reports events that no staging query of an item kind declares. */
    public void requireEvents(String itemKind, List<DefinitionFile.Entry> events) {
        Set<String> known = union(stagingsOf(itemKind), "events");
        for (DefinitionFile.Entry event : events) {
            event.requireKnown(
                    known,
                    "events",
                    "no staging query of item kind '" + itemKind + "' declares the event '" + event.text() + "'");
        }
    }

    /** The texts in a list field of any of the definitions. */
    public static Set<String> union(List<DefinitionFile> definitions, String list) {
        return definitions.stream()
                .flatMap(definition -> definition.set(list).stream())
                .collect(Collectors.toSet());
    }

    /** Reports definitions whose name differs from their file name, or is used twice. */
    public static void checkNames(List<DefinitionFile> definitions, String field) {
        Map<String, DefinitionFile> first = new HashMap<>();
        List<DefinitionFile> rightfulFirst = definitions.stream()
                .sorted(Comparator.comparing(
                        definition -> !definition.baseName().equals(definition.text(field))))
                .toList();
        for (DefinitionFile definition : rightfulFirst) {
            String name = definition.text(field);
            if (name == null) {
                continue;
            }
            DefinitionFile earlier = first.putIfAbsent(name, definition);
            if (earlier != null) {
                definition.error(
                        field, "'" + name + "' is also used in " + earlier.file(), "rename one of them and its file");
            } else if (!name.equals(definition.baseName())) {
                definition.error(
                        field,
                        "is '" + name + "', but the file is named '" + definition.baseName() + "'",
                        "rename the file to " + name + ".yml or change the name in it");
            }
        }
    }
}
