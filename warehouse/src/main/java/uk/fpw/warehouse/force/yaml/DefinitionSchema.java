package uk.fpw.warehouse.force.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ApplyDefaultsStrategy;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.regex.RegularExpression;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Checks the structure of one kind of file: allowed and required fields, their values, and their defaults. The JSON
 * Schema in {@code fpw/schema} is the only definition of the structure; this class turns violations into messages.
 */
public final class DefinitionSchema {

    /** What is wrong and how to fix it. */
    private record Sentence(String problem, String remedy) {}

    private final JsonNode schema;
    private final String root;
    private final JsonSchema validator;

    /** @param root field of the definition with this structure; empty for the whole definition */
    private DefinitionSchema(JsonNode schema, String root) {
        this.schema = schema;
        this.root = root;
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .applyDefaultsStrategy(new ApplyDefaultsStrategy(true, false, false))
                .regularExpressionFactory(DefinitionSchema::expression)
                .build();
        // A copy, because a default that is a group is itself filled in when first applied.
        this.validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema.deepCopy(), config);
    }

    /** A dollar at the end of a pattern is the end of the text, as in JSON Schema; in Java a line break may follow. */
    private static RegularExpression expression(String pattern) {
        Pattern compiled =
                Pattern.compile(pattern.endsWith("$") ? pattern.substring(0, pattern.length() - 1) + "\\z" : pattern);
        return text -> compiled.matcher(text).find();
    }

    /** The schema {@code fpw/schema/<kind>.schema.json}. */
    public static DefinitionSchema of(String kind) {
        String resource = "/fpw/schema/" + kind + ".schema.json";
        try (InputStream in = DefinitionSchema.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the warehouse module has no " + resource);
            }
            return new DefinitionSchema(new ObjectMapper().readTree(in), "");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * The schema of one group of a definition.
     *
     * @param schema its JSON Schema
     * @param field field of the group
     */
    public static DefinitionSchema ofGroup(InputStream schema, String field) throws IOException {
        return new DefinitionSchema(new ObjectMapper().readTree(schema), field);
    }

    /**
     * The definition with the schema's defaults. Adds an error for each violation of the structure and marks the
     * definition as invalid.
     */
    public DefinitionFile check(DefinitionFile definition) {
        Collection<ValidationMessage> violations = validator.validate(definition.tree());
        Set<String> misspelt = new HashSet<>();
        for (ValidationMessage violation : violations) {
            if (violation.getType().equals("additionalProperties")) {
                misspelt.addAll(unknownField(definition, violation));
            }
        }
        for (ValidationMessage violation : violations) {
            String field = path(violation);
            switch (violation.getType()) {
                case "additionalProperties" -> {}
                case "required" -> {
                    if (!misspelt.contains(under(field, violation.getProperty()))) {
                        missingField(definition, violation);
                    }
                }
                default -> {
                    Sentence sentence = sentence(violation);
                    definition.error(field, sentence.problem(), sentence.remedy());
                }
            }
        }
        DefinitionFile filled = definition.filled(filled(definition.tree()));
        return violations.isEmpty() ? filled : filled.markInvalid();
    }

    /** A copy of the tree with the schema's defaults for missing fields. */
    public JsonNode filled(JsonNode tree) {
        JsonNode filled = tree.deepCopy();
        validator.walk(filled, false);
        // The validator inserts groups of its schema into the tree.
        return filled.deepCopy();
    }

    /** Reports an unknown field and returns the missing field that was probably meant. */
    private List<String> unknownField(DefinitionFile definition, ValidationMessage violation) {
        String parent = path(violation);
        String name = violation.getProperty();
        String field = under(parent, name);
        List<String> known = new ArrayList<>();
        around(violation).path("properties").fieldNames().forEachRemaining(known::add);
        List<String> absent = known.stream()
                .filter(candidate -> !definition.lines().containsKey(under(parent, candidate)))
                .toList();
        String meant = Suggestions.to(name, absent);
        definition.error(
                field,
                "is not a valid field here",
                Suggestions.remedy(meant, "remove it; valid fields are " + String.join(", ", known)));
        return meant == null ? List.of() : List.of(under(parent, meant));
    }

    private void missingField(DefinitionFile definition, ValidationMessage violation) {
        String parent = path(violation);
        JsonNode property = around(violation).path("properties").path(violation.getProperty());
        definition.error(
                under(parent, violation.getProperty()),
                "is missing",
                "add it: " + property.path("description").asText());
    }

    private Sentence sentence(ValidationMessage violation) {
        JsonNode rule = around(violation);
        JsonNode value = violation.getInstanceNode();
        String shown = rule.path("writeOnly").asBoolean() ? "the value" : shown(value);
        return switch (violation.getType()) {
            case "type" ->
                rule.path("type").isArray() && !value.isNull()
                        ? sentence(
                                "is " + shown + ", and not "
                                        + rule.path("title").asText(),
                                "change it")
                        : wrongType(rule.path("type").asText(), value, shown);
            case "enum" -> value.isNull() ? nothing() : notAmong(rule, value, shown);
            case "pattern" -> sentence(shown + " is not " + rule.path("title").asText(), "change it");
            case "minLength" -> sentence("is empty", "set a value");
            case "maxLength" ->
                sentence(
                        String.format(
                                Locale.ROOT,
                                "has %,d characters, more than %,d",
                                value.asText().codePointCount(0, value.asText().length()),
                                rule.path("maxLength").asInt()),
                        "shorten it");
            case "minItems" -> sentence("is an empty list", "list at least one");
            case "maxItems" ->
                sentence(
                        "holds " + value.size() + " entries, more than "
                                + rule.path("maxItems").asText(),
                        "remove some");
            case "uniqueItems" -> sentence("holds " + repeated(value) + " twice", "remove one of them");
            case "minimum" ->
                sentence("is " + shown + ", less than " + rule.path("minimum").asText(), "use a larger number");
            case "maximum" ->
                sentence("is " + shown + ", more than " + rule.path("maximum").asText(), "use a smaller number");
            case "dependentRequired" ->
                sentence(
                        "gives '" + violation.getProperty() + "' only partly",
                        "set all three of database, user and password_variable, or none");
            default -> sentence(violation.getMessage(), "see docs/force-folder.md");
        };
    }

    private static Sentence wrongType(String wanted, JsonNode value, String shown) {
        if (value.isNull()) {
            return nothing();
        }
        boolean single = value.isValueNode();
        return switch (wanted) {
            case "string" ->
                single
                        ? sentence(
                                "is " + shown + ", which YAML reads as a " + kind(value) + " and not as a text",
                                "put it in quotes")
                        : sentence("is a " + kind(value) + ", but must be a text", "write one value");
            case "array" ->
                sentence(
                        "is a " + kind(value) + ", but must be a list",
                        single ? "put it in brackets: [" + value.asText() + "]" : "write a list");
            case "object" ->
                sentence("is a " + kind(value) + ", but must contain fields", "write 'field: value' pairs");
            case "boolean" ->
                sentence("is " + shown + ", but must be true or false", "write true or false, without quotes");
            case "integer" ->
                sentence("is " + shown + ", but must be a whole number", "write a whole number, without quotes");
            default -> sentence("is " + shown + ", but must be a number", "write a number, without quotes");
        };
    }

    private static Sentence notAmong(JsonNode rule, JsonNode value, String shown) {
        List<String> allowed = new ArrayList<>();
        rule.path("enum").forEach(constant -> allowed.add(constant.asText()));
        String nearest = Suggestions.to(value.asText(), allowed);
        return sentence(
                shown + " is not one of " + String.join(", ", allowed), Suggestions.remedy(nearest, "use one of them"));
    }

    private static Sentence nothing() {
        return sentence("has no value", "give it one, or remove the line if the field is optional");
    }

    private static Sentence sentence(String problem, String remedy) {
        return new Sentence(problem, remedy);
    }

    private static String shown(JsonNode value) {
        String text = value.isTextual()
                ? "'" + value.asText() + "'"
                : value.isValueNode() ? value.asText() : "a " + kind(value);
        return text.length() > 80 ? text.substring(0, 77) + "...'" : text;
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "list";
            case OBJECT -> "group of fields";
            case BOOLEAN -> "yes-or-no value";
            case NUMBER -> "number";
            default -> "text";
        };
    }

    private static String repeated(JsonNode list) {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode element : list) {
            if (!seen.add(element)) {
                return shown(element);
            }
        }
        return "a value";
    }

    /** The part of the schema with the violated keyword. */
    private JsonNode around(ValidationMessage violation) {
        JsonNodePath keyword = violation.getSchemaLocation().getFragment();
        JsonNode part = schema;
        for (int i = 0; i < keyword.getNameCount() - 1; i++) {
            Object step = keyword.getElement(i);
            part = step instanceof Integer index ? part.path(index) : part.path(String.valueOf(step));
        }
        return part;
    }

    private String path(ValidationMessage violation) {
        StringBuilder path = new StringBuilder(root);
        JsonNodePath location = violation.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            Object step = location.getElement(i);
            if (step instanceof Integer index) {
                path.append('[').append(index.intValue()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step);
            }
        }
        return path.toString();
    }

    private static String under(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }
}
