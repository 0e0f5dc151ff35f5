package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.warehouse.force.queue.Queue;

/** {@code docs/force-folder.md} and its reference must match the software. */
class DocumentationTest {

    private static final Path GUIDE = Path.of("../docs/force-folder.md");

    private static final Path REFERENCE = Path.of("../docs/force-folder-reference.md");

    private static final Pattern SAMPLE = Pattern.compile("<!-- file: (\\S+) -->\n```\\w+\n(.*?)```", Pattern.DOTALL);

    /** Keywords that have messages, and annotations. */
    private static final Set<String> KEYWORDS = Set.of(
            "$schema",
            "$defs",
            "$ref",
            "title",
            "description",
            "default",
            "writeOnly",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "dependentRequired",
            "items",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minimum",
            "maximum");

    @TempDir
    private Path temp;

    @Test
    void samplesAreAForceFolderWithoutErrors() throws IOException {
        Matcher sample = SAMPLE.matcher(Files.readString(GUIDE));
        List<String> files = new ArrayList<>();
        while (sample.find()) {
            Path file = temp.resolve(sample.group(1));
            Files.createDirectories(file.getParent());
            Files.writeString(file, sample.group(2));
            files.add(sample.group(1));
        }

        Force force = ForceFolder.read(temp);

        assertThat(files)
                .containsExactly(
                        "drop/devices_2026-11-23.csv",
                        "force.yml",
                        "connections.yml",
                        "feeds/devices.yml",
                        "staging/device_events.yml",
                        "staging/device_events.sql",
                        "queues/awaiting_examination.yml",
                        "rules/devices.yml",
                        "examples/how_they_leave.yml",
                        "changes/second_examiner.yml");
        assertThat(force.queues().get(0).leaves())
                .containsExactly(
                        new Queue.Exit("examined", "examined", true), new Queue.Exit("withdrawn", "withdrawn", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "force",
                "connections",
                "calendar",
                "feed",
                "staging",
                "queue",
                "milestones",
                "rules",
                "scheme",
                "grading",
                "fact",
                "change",
                "staffing",
                "capacity",
                "recommendation",
                "example"
            })
    void schemasUseOnlyKeywordsThatHaveAMessage(String kind) throws IOException {
        assertThat(KEYWORDS).containsAll(keywords(schema(kind), new ArrayList<>()));
    }

    /** Every message quoted on the page must be asserted by a test of this package. */
    @Test
    void messagesOnThePageAreTheOnesGiven() throws IOException {
        String page = Files.readString(REFERENCE);
        String section = page.substring(page.indexOf("## Common errors"));
        StringBuilder tests = new StringBuilder();
        for (String test : List.of(
                "ForceFolderStructureTest",
                "ForceFolderConnectionTest",
                "ForceFolderFeedTest",
                "ForceFolderReferenceTest",
                "ForceFolderTest")) {
            // Texts split because of their length are joined.
            tests.append(Files.readString(Path.of("src/test/java/uk/fpw/warehouse/force/" + test + ".java"))
                    .replaceAll("\"\\s+\\+ \"", "")
                    .replaceAll("\\\\\n\\s*", ""));
        }
        Matcher row = Pattern.compile("^\\| [^|]+ \\| `([^|]+)` \\|$", Pattern.MULTILINE)
                .matcher(section);
        List<String> untested = new ArrayList<>();
        int messages = 0;
        while (row.find()) {
            messages++;
            for (String part : row.group(1).replace("/home/me", "").split("\\.\\.\\.", -1)) {
                if (tests.indexOf(part.strip()) < 0) {
                    untested.add(part);
                }
            }
        }

        assertThat(untested).isEmpty();
        assertThat(messages).isEqualTo(16);
    }

    private static List<String> keywords(JsonNode schema, List<String> found) {
        schema.fieldNames().forEachRemaining(found::add);
        for (String holder : List.of("properties", "$defs")) {
            schema.path(holder).forEach(part -> keywords(part, found));
        }
        if (schema.has("items")) {
            keywords(schema.path("items"), found);
        }
        return found;
    }

    private static JsonNode schema(String kind) throws IOException {
        try (InputStream in = DocumentationTest.class.getResourceAsStream("/fpw/schema/" + kind + ".schema.json")) {
            return new ObjectMapper().readTree(in);
        }
    }
}
