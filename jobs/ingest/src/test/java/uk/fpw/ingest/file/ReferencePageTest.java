package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/force-folder-reference.md} must match the JSON Schemas: the tables at the marks
 * {@code <!-- fields of KIND -->} and {@code <!-- options of FORMAT -->} are generated from the schemas
 * ({@code -Dfpw.docs=write} writes them).
 */
class ReferencePageTest {

    private static final Path PAGE = Path.of("../../docs/force-folder-reference.md");

    private static final Path DEFINITIONS = Path.of("../../warehouse/src/main/resources");

    private static final Path FORMATS = Path.of("src/main/resources/fpw/format");

    private static final String SUFFIX = ".schema.json";

    private static final Pattern TABLE = Pattern.compile("<!-- (fields|options) of (\\w+) -->\n(\\|.*\n)*");

    private static final Pattern UNIT = Pattern.compile("(Days|Hours|Rows|Seconds|Sessions); (.)(.*)");

    @Test
    void everyFieldIsDescribedAsItsSchemaDescribesIt() throws IOException {
        Map<String, JsonNode> schemas = new TreeMap<>();
        schemas(DEFINITIONS, "fields", schemas);
        schemas.remove("fields of installation"); // of the machine and not of a force folder: docs/operator.md
        schemas(FORMATS, "options", schemas);
        String page = Files.readString(PAGE);
        Set<String> marks = new HashSet<>();

        String expected = TABLE.matcher(page).replaceAll(found -> {
            String kind = found.group(1) + " of " + found.group(2);
            marks.add(kind);
            JsonNode schema = Objects.requireNonNull(schemas.get(kind), () -> "no schema has the " + kind);
            String prefix = kind.startsWith("options") ? "format." : "";
            return Matcher.quoteReplacement("<!-- " + kind + " -->\n" + table(schema, prefix));
        });

        assertThat(marks).isEqualTo(schemas.keySet());
        if ("write".equals(System.getProperty("fpw.docs"))) {
            Files.writeString(PAGE, expected);
        } else {
            assertThat(page)
                    .as(PAGE.getFileName() + " is made from the schemas; write it anew with: mvn -pl jobs/ingest -am "
                            + "test -Dtest=ReferencePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dfpw.docs=write")
                    .isEqualTo(expected);
        }
    }

    private static void schemas(Path folder, String mark, Map<String, JsonNode> schemas) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
                String kind = file.getFileName().toString().replace(SUFFIX, "");
                schemas.put(mark + " of " + kind, new ObjectMapper().readTree(file.toFile()));
            }
        }
    }

    private static String table(JsonNode schema, String prefix) {
        List<String> rows = new ArrayList<>();
        rows.add("| field | type | default | unit | meaning |");
        rows.add("|---|---|---|---|---|");
        rows(schema, prefix, rows);
        return String.join("\n", rows) + "\n";
    }

    private static void rows(JsonNode schema, String prefix, List<String> rows) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode rule = property.getValue();
            String path = prefix + property.getKey();
            String absent = required.contains(property.getKey())
                    ? "required"
                    : rule.has("default") ? "`" + json(rule.path("default")) + "`" : "-";
            String meaning =
                    rule.path("description").asText().replace("<", "&lt;").replace("|", "\\|");
            Matcher unit = UNIT.matcher(meaning);
            rows.add(String.format(
                    "| `%s` | %s | %s | %s | %s |",
                    path,
                    type(rule),
                    absent,
                    unit.matches() ? unit.group(1).toLowerCase(Locale.ROOT) : "-",
                    unit.matches() ? unit.group(2).toUpperCase(Locale.ROOT) + unit.group(3) : meaning));
            if (rule.path("type").asText().equals("object") || rule.path("type").isArray()) {
                rows(rule, path + ".", rows);
            }
            if (rule.path("items").has("properties")) {
                rows(rule.path("items"), path + "[].", rows);
            }
        }
    }

    /** The type in words, with the allowed values. */
    private static String type(JsonNode rule) {
        if (rule.has("$ref")) {
            return rule.path("$ref").asText().replace("#/$defs/", "");
        }
        if (rule.has("enum")) {
            List<String> values = new ArrayList<>();
            rule.path("enum").forEach(value -> values.add("`" + value.asText() + "`"));
            return String.join(", ", values);
        }
        if (rule.has("title")) {
            return rule.path("title").asText();
        }
        return switch (rule.path("type").asText()) {
            case "array" ->
                "list of "
                        + (rule.path("items").path("type").asText().equals("object")
                                ? "groups"
                                : type(rule.path("items")));
            case "integer" -> "whole number" + range(rule);
            case "boolean" -> "`true`, `false`";
            case "object" -> "group";
            case "number" -> "number" + range(rule);
            default -> "text";
        };
    }

    private static String range(JsonNode rule) {
        if (rule.has("maximum")) {
            return ", " + rule.path("minimum").asText() + " to "
                    + rule.path("maximum").asText();
        }
        return rule.has("minimum") ? ", at least " + rule.path("minimum").asText() : "";
    }

    private static String json(JsonNode value) {
        if (!value.isArray()) {
            return value.toString();
        }
        List<String> elements = new ArrayList<>();
        value.forEach(element -> elements.add(element.toString()));
        return "[" + String.join(", ", elements) + "]";
    }
}
