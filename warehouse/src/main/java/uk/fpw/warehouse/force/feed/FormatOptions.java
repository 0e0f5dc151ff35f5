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
 * Options of a {@link FileFormat}: what a feed gives, and the schema's defaults for the rest. An option of another type
 * than requested is treated as absent.
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

    /** The structure that the options of a format must have. */
    static DefinitionSchema schema(FileFormat format) {
        try (InputStream schema = format.openSchema()) {
            return DefinitionSchema.ofGroup(schema, "format");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the schema of format '" + format.kind() + "' cannot be read", unreadable);
        }
    }

    /** The fields of a group as Java's own types, those without a value left out. */
    static Map<String, Object> values(JsonNode group) {
        Map<String, Object> values = new LinkedHashMap<>();
        group.properties().forEach(field -> {
            if (!field.getValue().isNull()) {
                values.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class));
            }
        });
        return values;
    }

    /** A text; null if it is absent and has no default. */
    public @Nullable String text(String name) {
        return values.get(name) instanceof String text ? text : null;
    }

    /** A whole number; null if it is absent and has no default. */
    public @Nullable Integer wholeNumber(String name) {
        return values.get(name) instanceof Number number ? number.intValue() : null;
    }

    /** A list of texts; empty if it is absent and has no default. */
    public List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }
}
