package uk.fpw.layout;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * How the JSON files of the warehouse folder are written and read: dates and instants as text, indented; fields that a
 * later version has added are passed over.
 */
public final class JsonMappers {

    private static final JsonMapper CAMEL_CASE = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // The parts of a record are written, not what it says of them, such as isLacking.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .build();

    private static final JsonMapper SNAKE_CASE = CAMEL_CASE
            .rebuild()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private JsonMappers() {}

    /** For files between the processes of one run: fields are named as in Java. */
    public static JsonMapper camelCase() {
        return CAMEL_CASE;
    }

    /** For files that stay and that other programs read: fields are named {@code as_here}. */
    public static JsonMapper snakeCase() {
        return SNAKE_CASE;
    }
}
