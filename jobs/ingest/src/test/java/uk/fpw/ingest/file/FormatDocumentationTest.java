package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.feed.FileFormat;
import uk.fpw.warehouse.force.feed.FileFormats;

/** {@code docs/force-folder.md} says of every format what its schema says. */
class FormatDocumentationTest {

    @Test
    void tablesOfOptionsSayWhatTheSchemasSay() throws IOException {
        String page = Files.readString(Path.of("../../docs/force-folder.md"));
        for (FileFormat format : FileFormats.find().byKind().values()) {
            StringBuilder table = new StringBuilder("<!-- format " + format.kind() + " -->\n");
            table.append("| option of `" + format.kind() + "` | if absent | meaning |\n|---|---|---|\n");
            try (InputStream schema = format.openSchema()) {
                for (Map.Entry<String, JsonNode> option :
                        new ObjectMapper().readTree(schema).path("properties").properties()) {
                    JsonNode rule = option.getValue();
                    if (option.getKey().equals("kind")) {
                        continue;
                    }
                    table.append("| `format." + option.getKey() + "` | "
                            + (rule.has("default") ? "default `" + rule.path("default") + "`" : "optional") + " | "
                            + rule.path("description").asText() + " |\n");
                }
            }
            assertThat(page).contains(table.append("\n"));
        }
    }
}
