package uk.fpw.warehouse.force.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One YAML file of a force folder as written, with the line of each field. Checks read this tree rather than bound
 * records, so that they can go on when part of a file is invalid: anything missing or of the wrong type counts as
 * absent.
 *
 * @param file path relative to the force folder
 * @param tree content
 * @param filled content with the schema's defaults for missing fields
 * @param lines line of each field by its path, such as {@code columns[2].type}
 * @param isValid whether the file has the structure required by its schema; if not, missing parts are not reported
 */
public record DefinitionFile(String file, JsonNode tree, JsonNode filled, Map<String, Integer> lines, boolean isValid) {

    /** A file without defaults. */
    static DefinitionFile written(String file, JsonNode tree, Map<String, Integer> lines, boolean isValid) {
        return new DefinitionFile(file, tree, tree, lines, isValid);
    }

    DefinitionFile markInvalid() {
        return new DefinitionFile(file, tree, filled, lines, false);
    }

    DefinitionFile filled(JsonNode withDefaults) {
        return new DefinitionFile(file, tree, withDefaults, lines, isValid);
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

    public JsonNode at(String field) {
        return tree.path(field);
    }

    /** The fields of a group, with their lines in the file; empty if it is absent. */
    public DefinitionFile group(String field) {
        JsonNode group = tree.path(field);
        return written(file, group.isObject() ? group : JsonNodeFactory.instance.objectNode(), lines, isValid);
    }

    /** The text of a field; null if it is absent or not a text. */
    public @Nullable String text(String field) {
        return text(tree, field);
    }

    public static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.textValue() : null;
    }

    /** The texts in a list field, each with its path. */
    public List<Entry> texts(String field) {
        return texts(tree.path(field), field);
    }

    public static List<Entry> texts(JsonNode list, String path) {
        List<Entry> texts = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            if (list.path(i).isTextual()) {
                texts.add(new Entry(path + "[" + i + "]", list.path(i).textValue()));
            }
        }
        return texts;
    }

    /** The mappings in a list field, each with its path. */
    public List<Part> parts(String field) {
        List<Part> parts = new ArrayList<>();
        JsonNode list = tree.path(field);
        for (int i = 0; i < list.size(); i++) {
            parts.add(new Part(field + "[" + i + "]", list.path(i)));
        }
        return parts;
    }

    /** A text in a list. */
    public record Entry(String path, String text) {}

    /** A mapping in a list. */
    public record Part(String path, JsonNode tree) {

        public @Nullable String text(String field) {
            return DefinitionFile.text(tree, field);
        }

        public String path(String field) {
            return path + "." + field;
        }
    }
}
