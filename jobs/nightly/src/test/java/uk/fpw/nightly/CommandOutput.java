package uk.fpw.nightly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import uk.fpw.warehouse.testing.JsonSchemas;

/** The JSON of a command, valid by its schema. */
public final class CommandOutput {

    private CommandOutput() {}

    /**
     * Reads what a command has printed.
     *
     * @param command its name, which is that of the schema
     * @throws AssertionError naming each violation of the schema
     */
    public static JsonNode of(String command, String printed) {
        List<String> violations = JsonSchemas.violations(
                CommandOutput.class.getResourceAsStream("/fpw/output/" + command + ".schema.json"), printed);
        if (!violations.isEmpty()) {
            throw new AssertionError("fpw " + command + " printed " + printed + "\n" + violations);
        }
        try {
            return new ObjectMapper().readTree(printed);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
