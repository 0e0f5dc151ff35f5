package uk.fpw.warehouse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.yaml.Binding;

/** Definitions with the defaults of a force folder's schemas. */
public final class SchemaDefaults {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SchemaDefaults() {}

    /** A cursor with the default for the largest gap. */
    public static Origin.Cursor cursor(String column, long lookBack) {
        JsonNode cursor = schema("feed").at("/properties/cursor/properties");
        return new Origin.Cursor(
                column,
                lookBack,
                cursor.at("/max_gap/default").longValue(),
                cursor.at("/compared_rows/default").longValue());
    }

    /** A database with the default number of sessions. */
    public static SourceConnection.Database database(
            String name, String jdbcUrl, String user, String passwordVariable, int fetchRows, int timeoutSeconds) {
        JsonNode connection = schema("connections").at("/properties/connections/items/properties");
        return new SourceConnection.Database(
                name,
                jdbcUrl,
                user,
                passwordVariable,
                fetchRows,
                timeoutSeconds,
                connection.at("/max_sessions/default").intValue());
    }

    /** The default limits of a queue. */
    public static Queue.Limits queueLimits() {
        return Binding.bind(limits("queue"), Queue.Limits.class, Map.of());
    }

    /** Limits of a queue that stop no release. */
    public static Queue.Limits noQueueLimits() {
        ObjectNode limits = limits("queue");
        List.copyOf(limits.properties()).forEach(limit -> limits.put(limit.getKey(), 1.0));
        return Binding.bind(limits, Queue.Limits.class, Map.of());
    }

    /** The default limits of a feed, except those given by their names in its file. */
    public static FeedLimits feedLimits(Map<String, Number> given) {
        ObjectNode limits = limits("feed");
        given.forEach((name, value) -> limits.set(name, JSON.valueToTree(value)));
        return Binding.bind(limits, FeedLimits.class, Map.of());
    }

    private static ObjectNode limits(String kind) {
        ObjectNode limits = JSON.createObjectNode();
        schema(kind).at("/properties/limits/properties").properties().forEach(limit -> {
            if (limit.getValue().has("default")) {
                limits.set(limit.getKey(), limit.getValue().path("default"));
            }
        });
        return limits;
    }

    private static JsonNode schema(String kind) {
        try (InputStream in = Force.class.getResourceAsStream("/fpw/schema/" + kind + ".schema.json")) {
            return JSON.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
