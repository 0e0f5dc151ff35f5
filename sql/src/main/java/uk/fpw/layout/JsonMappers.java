package uk.fpw.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Path;

/**
 * How the JSON files of the warehouse folder are written and read: indented, with dates, instants and paths as text.
 * Unknown fields are ignored, since a later version may have added them.
 */
public final class JsonMappers {

    private static final JsonMapper CAMEL_CASE = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(Path.class, ToStringSerializer.instance)
                    .addDeserializer(Path.class, new PlainPath()))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // Write the components of a record only, not methods such as isMissing.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();

    private static final JsonMapper SNAKE_CASE = CAMEL_CASE
            .rebuild()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private JsonMappers() {}

    /** What is wrong with a file, without Jackson's position and class names. */
    public static String reason(IOException unreadable) {
        if (unreadable instanceof JsonProcessingException wrong) {
            return wrong.getCause() instanceof NullPointerException missing
                    ? String.valueOf(missing.getMessage())
                    : wrong.getCause() instanceof InvalidIdException invalid
                            ? field(wrong) + invalid.getMessage()
                            : wrong.getOriginalMessage();
        }
        return String.valueOf(unreadable.getMessage());
    }

    /** The field with the wrong value, followed by a separator; empty if unknown. */
    private static String field(JsonProcessingException wrong) {
        if (wrong instanceof JsonMappingException inField && !inField.getPath().isEmpty()) {
            String field = inField.getPath().get(inField.getPath().size() - 1).getFieldName();
            return field == null ? "" : field + ": ";
        }
        return "";
    }

    /** Reads a path as plain text; Jackson would write it as a URL, {@code file:///...}. */
    private static final class PlainPath extends FromStringDeserializer<Path> {

        private static final long serialVersionUID = 1L;

        PlainPath() {
            super(Path.class);
        }

        /** File names may begin or end with blanks. */
        @Override
        protected boolean _shouldTrim() {
            return false;
        }

        @Override
        protected Path _deserialize(String value, DeserializationContext context) {
            return Path.of(value);
        }
    }

    /** For files exchanged between the processes of one run: field names as in Java. */
    public static JsonMapper camelCase() {
        return CAMEL_CASE;
    }

    /** For files that are kept and read by other programs: field names {@code as_here}. */
    public static JsonMapper snakeCase() {
        return SNAKE_CASE;
    }
}
