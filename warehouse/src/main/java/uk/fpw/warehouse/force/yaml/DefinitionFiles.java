package uk.fpw.warehouse.force.yaml;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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

    /** Reports definitions whose name differs from their file name, or is used twice. */
    public static void checkNames(List<DefinitionFile> definitions, String field, ConfigErrors errors) {
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
                errors.add(
                        definition.file(),
                        definition.line(field),
                        field,
                        "'" + name + "' is also used in " + earlier.file(),
                        "rename one of them and its file");
            } else if (!name.equals(definition.baseName())) {
                errors.add(
                        definition.file(),
                        definition.line(field),
                        field,
                        "is '" + name + "', but the file is named '" + definition.baseName() + "'",
                        "rename the file to " + name + ".yml or change the name in it");
            }
        }
    }

    /** Reports duplicate texts in a list. */
    public static <T> void checkDistinct(
            DefinitionFile definition,
            List<T> parts,
            Function<T, @Nullable String> value,
            Function<T, String> path,
            ConfigErrors errors) {
        Map<String, String> first = new HashMap<>();
        for (T part : parts) {
            String text = value.apply(part);
            if (text == null) {
                continue;
            }
            String earlier = first.putIfAbsent(text, path.apply(part));
            if (earlier != null) {
                int line = definition.line(earlier);
                errors.add(
                        definition.file(),
                        definition.line(path.apply(part)),
                        path.apply(part),
                        "'" + text + "' already exists as " + earlier + (line > 0 ? " in line " + line : ""),
                        "each may occur only once");
            }
        }
    }
}
