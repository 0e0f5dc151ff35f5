package uk.fpw.warehouse.force.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One YAML file of a force folder as written, with the line of each field. Checks read this tree rather than bound
 * records, so that they can go on when part of a file is invalid.
 *
 * @param file path relative to the force folder
 * @param tree content
 * @param filled content with the schema's defaults for missing fields
 * @param lines line of each field by its path, such as {@code columns[2].type}
 * @param isValid whether the file has the structure required by its schema; if not, missing parts are not reported
 * @param errors where to report errors in the file
 */
public record DefinitionFile(
        String file, JsonNode tree, JsonNode filled, Map<String, Integer> lines, boolean isValid, ConfigErrors errors)
        implements Fields {

    DefinitionFile markInvalid() {
        return new DefinitionFile(file, tree, filled, lines, false, errors);
    }

    DefinitionFile filled(JsonNode withDefaults) {
        return new DefinitionFile(file, tree, withDefaults, lines, isValid, errors);
    }

    @Override
    public DefinitionFile definition() {
        return this;
    }

    @Override
    public String path(String field) {
        return field;
    }

    /** File name without folder and extension, which must be the name of the definition. */
    public String baseName() {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
    }

    /** Line of the field or of the nearest enclosing field; 0 for the whole file. */
    public int line(String field) {
        String path = field;
        while (!path.isEmpty()) {
            Integer line = lines.get(path);
            if (line != null) {
                return line;
            }
            path = path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
        }
        return 0;
    }

    /** Binds the definition to a record; it must not have errors. */
    public <T> T as(Class<T> type) {
        return as(type, Map.of());
    }

    /**
     * Binds the definition to a record; it must not have errors.
     *
     * @param injected values of other components, by the name in their {@code @JacksonInject}
     */
    public <T> T as(Class<T> type, Map<String, Object> injected) {
        return Binding.bind(filled, type, injected);
    }

    /** The fields of a group, with their lines in the file; empty if it is absent. */
    public DefinitionFile group(String field) {
        JsonNode group = tree.path(field);
        JsonNode fields = group.isObject() ? group : JsonNodeFactory.instance.objectNode();
        return new DefinitionFile(file, fields, fields, lines, isValid, errors);
    }

    /** The file and the line of a field, for messages about another one. */
    public String place(String field) {
        int line = line(field);
        return file + (line > 0 ? ":" + line : "");
    }

    /** A text in a file, and its path from the top. */
    public record Entry(DefinitionFile definition, String path, String text) {

        /** Reports an error in this text. */
        public void error(String problem, String remedy) {
            definition.error(path, problem, remedy);
        }

        /**
         * Reports a text that is not a known name, and suggests the nearest one.
         *
         * @param whatTheyAre the known names, such as {@code columns}
         */
        public void requireKnown(Collection<String> known, String whatTheyAre, String problem) {
            if (!known.contains(text)) {
                error(problem, Suggestions.remedy(text, known, whatTheyAre));
            }
        }

        /** Reports texts that occur more than once. */
        public static void requireDistinct(List<Entry> entries) {
            Map<String, Entry> first = new HashMap<>();
            for (Entry entry : entries) {
                Entry earlier = first.putIfAbsent(entry.text, entry);
                if (earlier != null) {
                    int line = entry.definition.line(earlier.path);
                    entry.error(
                            "'" + entry.text + "' already exists as " + earlier.path
                                    + (line > 0 ? " in line " + line : ""),
                            "each may occur only once");
                }
            }
        }

        /** The distinct texts. */
        public static SortedSet<String> set(Collection<Entry> entries) {
            return entries.stream().map(Entry::text).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** A mapping in a list, and its path from the top. */
    public record Part(DefinitionFile definition, String path, JsonNode tree) implements Fields {

        @Override
        public String path(String field) {
            return path + "." + field;
        }
    }
}
