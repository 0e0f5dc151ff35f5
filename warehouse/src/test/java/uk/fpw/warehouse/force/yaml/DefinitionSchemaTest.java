package uk.fpw.warehouse.force.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Filling in the defaults of a schema. */
class DefinitionSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SCHEMA = """
            {
              "type": "object",
              "properties": {
                "days": {"type": "integer", "default": 7},
                "share": {"$ref": "#/$defs/share", "default": 0.1},
                "limits": {
                  "type": "object",
                  "default": {},
                  "properties": {"rows": {"type": "integer", "default": 1}, "most": {"type": "integer"}}
                },
                "cursor": {
                  "type": "object",
                  "properties": {"gap": {"type": "integer", "default": 50}}
                },
                "reconcile": {
                  "type": ["object", "string"],
                  "properties": {"every": {"type": "integer", "default": 9}}
                },
                "columns": {
                  "type": "array",
                  "items": {"type": "object", "properties": {"required": {"type": "boolean", "default": false}}}
                }
              },
              "$defs": {"share": {"type": "number"}}
            }
            """;

    @Test
    void absentFieldsAndGroupsWithADefaultAreFilledIn() throws IOException {
        assertFilled("{}", """
                {"days": 7, "share": 0.1, "limits": {"rows": 1}}""");
    }

    @Test
    void groupsThatAreGivenAreFilledInAndOthersStayAbsent() throws IOException {
        assertFilled("""
                {"limits": {"most": 3}, "cursor": {}, "reconcile": {}, "columns": [{}, {"required": true}]}""", """
                {
                  "days": 7, "share": 0.1, "limits": {"most": 3, "rows": 1}, "cursor": {"gap": 50},
                  "reconcile": {"every": 9}, "columns": [{"required": false}, {"required": true}]
                }""");
    }

    @Test
    void whatIsGivenStays() throws IOException {
        assertFilled("""
                {"days": 1, "share": 1, "limits": {"rows": 0}, "reconcile": "none"}""", """
                {"days": 1, "share": 1, "limits": {"rows": 0}, "reconcile": "none"}""");
    }

    /** Their errors are reported, and no defaults are filled in. */
    @Test
    void fieldsOfAnotherTypeAndEmptyOnesStay() throws IOException {
        assertFilled("""
                {"days": null, "share": [1], "limits": 3, "cursor": [1], "columns": {"a": 1}}""", """
                {"days": null, "share": [1], "limits": 3, "cursor": [1], "columns": {"a": 1}}""");
    }

    @Test
    void oneFileDoesNotChangeWhatTheNextIsGiven() throws IOException {
        DefinitionSchema schema = schema();
        schema.filled(JSON.readTree("{\"limits\": {\"rows\": 5, \"most\": 6}}"));
        schema.filled(JSON.readTree("{}")).withObject("/limits").put("rows", 8);

        assertThat(schema.filled(JSON.readTree("{}")).path("limits")).isEqualTo(JSON.readTree("{\"rows\": 1}"));
    }

    private static DefinitionSchema schema() throws IOException {
        return DefinitionSchema.ofGroup(new ByteArrayInputStream(SCHEMA.getBytes(StandardCharsets.UTF_8)), "");
    }

    private static void assertFilled(String written, String filled) throws IOException {
        assertThat(schema().filled(tree(written))).isEqualTo(tree(filled));
    }

    private static JsonNode tree(String json) throws JsonProcessingException {
        return JSON.readTree(json);
    }
}
