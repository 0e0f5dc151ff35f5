package uk.fpw.nightly.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonOutputTest {

    /** Escape sequences, their one-character form, a change of direction, a zero-width space and an invisible tag. */
    private static final String HOSTILE =
            "Gŵent \"\\ \u001b[2J \u009b2J \u202e \u200b \u2028 \udb40\udc41 \ud83d\ude00";

    @Test
    void namesSteerNoTerminalAndAreReadAsTheyAre() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonOutput.print(new PrintStream(out, true, StandardCharsets.UTF_8), Map.of("name", HOSTILE));

        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(printed).isEqualToNormalizingNewlines("""
                {
                  "name" : "Gŵent \\"\\\\ \\u001B[2J \\u009b2J \\u202e \\u200b \\u2028 \\udb40\\udc41 \ud83d\ude00"
                }
                """);
        assertThat(new JsonMapper().readTree(printed).get("name").asText()).isEqualTo(HOSTILE);
    }
}
