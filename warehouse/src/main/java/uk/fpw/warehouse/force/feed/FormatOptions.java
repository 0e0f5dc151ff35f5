package uk.fpw.warehouse.force.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.yaml.DefinitionSchema;

/**
 * Options of a {@link FileFormat}: those of a feed, with the schema's defaults for the rest. An option of another type
 * than requested counts as absent.
 */
public final class FormatOptions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> values;

    private FormatOptions(Map<String, Object> values) {
        this.values = values;
    }

    static FormatOptions of(FileFormat format, Map<String, Object> given) {
        return new FormatOptions(values(schema(format).filled(JSON.valueToTree(given))));
    }

    /** The schema for the options of a format. */
    static DefinitionSchema schema(FileFormat format) {
        try (InputStream schema = format.openSchema()) {
            return DefinitionSchema.ofGroup(schema, "format");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the schema of format '" + format.kind() + "' cannot be read", unreadable);
        }
    }

    /** The fields of a group as Java types, without fields that have no value. */
    static Map<String, Object> values(JsonNode group) {
        Map<String, Object> values = new LinkedHashMap<>();
        group.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                values.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
            }
        });
        return values;
    }

    /** A text; null if absent and without a default. */
    public @Nullable String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** A whole number; null if absent and without a default. */
    public @Nullable Integer wholeNumber(String name) {
        return values.get(name) instanceof Number number ? number.intValue() : null;
    }

    /** A list of texts; empty if absent and without a default. */
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
