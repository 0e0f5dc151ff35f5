package uk.fpw.warehouse.store.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.TreeMap;

/** Fields of a definition by name, as {@code ops} stores them: a JSON object in alphabetical order. */
final class DefinitionJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private DefinitionJson() {}

    static String write(Map<String, String> fields) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(fields));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalStateException if it is not valid JSON; names the table */
    static Map<String, String> read(String table, String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException(table + ": a definition is not valid JSON", damaged);
        }
    }
}
