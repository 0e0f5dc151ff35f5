package uk.fpw.warehouse.force.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds error-free definitions to records. A field without a record component is a bug, since the schema would have
 * rejected it.
 */
public final class Binding {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .addModule(new SimpleModule()
                    .addDeserializer(String.class, new Text())
                    .addDeserializer(LocalDate.class, new Parsed<>(LocalDate.class, LocalDate::parse))
                    .addDeserializer(LocalTime.class, new Parsed<>(LocalTime.class, LocalTime::parse))
                    .addDeserializer(ZoneId.class, new Parsed<>(ZoneId.class, ZoneId::of)))
            .build();

    private Binding() {}

    /**
     * Binds the fields of a group to a record.
     *
     * @param injected values of other components, by the name in their {@code @JacksonInject}
     */
    public static <T> T bind(JsonNode fields, Class<T> type, Map<String, Object> injected) {
        try {
            return MAPPER.reader(new InjectableValues.Std(injected)).treeToValue(fields, type);
        } catch (JsonProcessingException unlikeItsSchema) {
            throw new IllegalStateException(
                    "a definition accepted by its schema cannot be read as " + type, unlikeItsSchema);
        }
    }

    /** Trims texts, but not those in a list. */
    private static final class Text extends StdScalarDeserializer<String> implements ContextualDeserializer {

        private static final long serialVersionUID = 1;

        Text() {
            super(String.class);
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            return property != null && property.getType().hasRawClass(String.class)
                    ? this
                    : StringDeserializer.instance;
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return StringDeserializer.instance.deserialize(parser, context).strip();
        }
    }

    /** Reads values with a parsing method of their class. */
    private static final class Parsed<T> extends FromStringDeserializer<T> {

        private static final long serialVersionUID = 1;

        private final transient Function<String, T> parse;

        Parsed(Class<T> type, Function<String, T> parse) {
            super(type);
            this.parse = parse;
        }

        @Override
        protected T _deserialize(String text, DeserializationContext context) {
            return parse.apply(text);
        }
    }
}
