package uk.fpw.warehouse.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Validates JSON against a JSON Schema, with the formats of dates and times, as programs of others do. */
public final class JsonSchemas {

    private JsonSchemas() {}

    /**
     * What of a JSON text the schema forbids, sorted; empty if it is valid.
     *
     * @param schema a resource; null fails
     */
    public static List<String> violations(@Nullable InputStream schema, String json) {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        try (InputStream read = schema) {
            if (read == null) {
                throw new IllegalArgumentException("there is no such schema");
            }
            ObjectMapper mapper = new ObjectMapper();
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(mapper.readTree(read), config)
                    .validate(mapper.readTree(json))
                    .stream()
                    .map(ValidationMessage::getMessage)
                    .sorted()
                    .toList();
        } catch (IOException invalid) {
            throw new UncheckedIOException("this is no JSON: " + json, invalid);
        }
    }
}
