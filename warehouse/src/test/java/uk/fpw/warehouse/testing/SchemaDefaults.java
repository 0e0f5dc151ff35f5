package uk.fpw.warehouse.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Origin;

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

    private static JsonNode schema(String kind) {
        try (InputStream in = Force.class.getResourceAsStream("/fpw/schema/" + kind + ".schema.json")) {
            return JSON.readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
