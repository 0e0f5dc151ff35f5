package uk.fpw.warehouse.force.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Fields as written, of a whole file or of one mapping in it. Anything missing or of the wrong type counts as absent. A
 * field of a group is named by its path, such as {@code cursor.column}.
 */
public sealed interface Fields permits DefinitionFile, DefinitionFile.Part {

    /** The file that the fields are in. */
    DefinitionFile definition();

    JsonNode tree();

    /** Path of a field from the top of the file, such as {@code columns[2].type}. */
    String path(String field);

    default JsonNode at(String field) {
        JsonNode found = tree();
        for (String step : field.split("\\.", -1)) {
            found = found.path(step);
        }
        return found;
    }

    default boolean has(String field) {
        return !at(field).isMissingNode();
    }

    /** The text of a field; null if it is absent or not a text. */
    default @Nullable String text(String field) {
        JsonNode value = at(field);
        return value.isTextual() ? value.textValue() : null;
    }

    /** Whether the field is this text. */
    default boolean is(String field, @Nullable String text) {
        return text != null && text.equals(text(field));
    }

    /**
     * The day in a field, such as {@code 2015-01-31}; null if it is absent, has another form (reported by the schema),
     * or does not exist (reported here).
     */
    default @Nullable LocalDate day(String field) {
        String text = text(field);
        if (text == null || !text.matches("\\d{4}-\\d{2}-\\d{2}")) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException noSuchDay) {
            error(field, "there is no date '" + text + "'", "write an existing date, such as 2015-01-31");
            return null;
        }
    }

    /** The texts in a list field, each with its path. */
    default List<DefinitionFile.Entry> texts(String list) {
        List<DefinitionFile.Entry> texts = new ArrayList<>();
        JsonNode elements = at(list);
        for (int i = 0; i < elements.size(); i++) {
            if (elements.path(i).isTextual()) {
                String path = path(list) + "[" + i + "]";
                texts.add(new DefinitionFile.Entry(
                        definition(), path, elements.path(i).textValue()));
            }
        }
        return texts;
    }

    /** The text of one field in each mapping of a list field. */
    default List<DefinitionFile.Entry> texts(String list, String field) {
        List<DefinitionFile.Entry> texts = new ArrayList<>();
        for (DefinitionFile.Part part : parts(list)) {
            String text = part.text(field);
            if (text != null) {
                texts.add(new DefinitionFile.Entry(definition(), part.path(field), text));
            }
        }
        return texts;
    }

    /** The distinct texts in a list field. */
    default SortedSet<String> set(String list) {
        return DefinitionFile.Entry.set(texts(list));
    }

    /** The distinct texts of one field in the mappings of a list field. */
    default SortedSet<String> set(String list, String field) {
        return DefinitionFile.Entry.set(texts(list, field));
    }

    /** The mappings in a list field, each with its path. */
    default List<DefinitionFile.Part> parts(String list) {
        List<DefinitionFile.Part> parts = new ArrayList<>();
        JsonNode elements = at(list);
        for (int i = 0; i < elements.size(); i++) {
            parts.add(new DefinitionFile.Part(definition(), path(list) + "[" + i + "]", elements.path(i)));
        }
        return parts;
    }

    /** The first mapping in a list field with that text in one of its fields; null if there is none. */
    default DefinitionFile.@Nullable Part part(String list, String field, @Nullable String text) {
        return parts(list).stream()
                .filter(part -> part.is(field, text))
                .findFirst()
                .orElse(null);
    }

    /**
     * Reports an error.
     *
     * @param field the field; empty for the whole file
     * @param problem continues a sentence that starts with the field
     */
    default void error(String field, String problem, String remedy) {
        DefinitionFile definition = definition();
        String path = path(field);
        definition.errors().add(definition.file(), definition.line(path), path, problem, remedy);
    }

    /** Reports each of these fields that is present. */
    default void refuse(Collection<String> fields, String problem, String remedy) {
        fields.stream().filter(this::has).forEach(field -> error(field, problem, remedy));
    }

    /**
     * Reports a text that is not a known name, and suggests the nearest one.
     *
     * @param whatTheyAre the known names, such as {@code columns}
     */
    default void requireKnown(String field, Collection<String> known, String whatTheyAre, String problem) {
        String name = text(field);
        if (name != null && !known.contains(name)) {
            error(field, problem, Suggestions.remedy(name, known, whatTheyAre));
        }
    }
}
