package uk.fpw.warehouse.force.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.grading.GradingScheme;
import uk.fpw.warehouse.force.pack.Pack;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.yaml.ConfigErrors;
import uk.fpw.warehouse.force.yaml.DefinitionFile;
import uk.fpw.warehouse.force.yaml.DefinitionSchema;
import uk.fpw.warehouse.force.yaml.DefinitionSize;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.force.yaml.Suggestions;
import uk.fpw.warehouse.force.yaml.YamlReader;

/**
 * Reads and checks the examples of a force folder. They are not part of its definitions: nightly runs do not read them,
 * and the folder's digest does not depend on them.
 */
public final class Examples {

    private static final String FOLDER = "examples";
    private static final String ROW_KEY = "row_key";

    private final Force force;
    private final ConfigErrors errors = new ConfigErrors();
    private final DefinitionSchema schema = DefinitionSchema.of("example");
    private final DefinitionSchema conformance = DefinitionSchema.of("conformance");

    private Examples(Force force) {
        this.force = force;
    }

    /**
     * The examples sorted by name; empty if there are none.
     *
     * @throws ForceFolderException with all errors in them
     */
    public static List<Example> read(Force force) {
        return new Examples(force).read();
    }

    private List<Example> read() {
        List<Example> examples = new ArrayList<>();
        for (Path file : files()) {
            Example example = example(file);
            if (example != null) {
                examples.add(example);
            }
        }
        if (errors.count() == 0) {
            requireConforming(examples);
        }
        if (errors.count() > 0) {
            throw new ForceFolderException(errors.sorted());
        }
        return List.copyOf(examples);
    }

    private List<Path> files() {
        Path folder = force.folder().resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            errors.add(FOLDER + "/", "cannot be read", "give read access to the folder");
            return List.of();
        }
    }

    private @Nullable Example example(Path path) {
        String file = FOLDER + "/" + path.getFileName();
        if (!file.endsWith(".yml")) {
            errors.add(file, "is not a .yml file", "rename it or move it out of the folder 'examples'");
            return null;
        }
        String text;
        try {
            if (!path.toRealPath().startsWith(force.folder().toRealPath())) {
                errors.add(file, "is a symbolic link to a file outside the force folder", "copy the file itself there");
                return null;
            }
            byte[] bytes = DefinitionSize.read(path, file, errors);
            if (bytes == null) {
                return null;
            }
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IOException unreadable) {
            errors.add(file, "cannot be read", "make it a UTF-8 file that this user can read");
            return null;
        }
        DefinitionFile found = YamlReader.read(file, text, errors);
        boolean conforms = found != null && found.has("conforms_to");
        DefinitionFile definition = found == null ? null : (conforms ? conformance : schema).check(found);
        if (definition == null || !definition.isValid()) {
            return null;
        }
        return conforms ? conforming(definition) : example(definition, definition, List.of());
    }

    /** The rows by which the force records what an example of a pack tells; that says what must come out. */
    private @Nullable Example conforming(DefinitionFile definition) {
        String name = String.valueOf(definition.text("conforms_to"));
        List<Pack> packs = force.packs();
        Pack pack = packs.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
        definition.requireKnown(
                "conforms_to",
                packs.stream().map(Pack::name).toList(),
                "packs of force.yml",
                "force.yml names no pack '" + name + "'");
        if (pack == null) {
            return null;
        }
        definition.requireKnown(
                "example",
                pack.examples(),
                "examples of the pack",
                "the pack " + pack.label() + " has no example '" + definition.text("example") + "'");
        String example = definition.text("example");
        return pack.examples().contains(example)
                ? example(definition, pack.exampleFile(String.valueOf(example), errors), pack.definitions())
                : null;
    }

    /** A pack whose examples were never tried may be mapped wrongly, and nothing would show it. */
    private void requireConforming(List<Example> examples) {
        Set<String> files = examples.stream().map(Example::file).collect(Collectors.toSet());
        for (Pack pack : force.packs()) {
            for (String name : pack.examples()) {
                DefinitionFile example = pack.exampleFile(name, errors);
                if (!files.contains(example.file())) {
                    errors.add(
                            FOLDER + "/" + name + ".yml",
                            "is missing: the pack " + pack.label() + " asks for the rows by which this force records: "
                                    + String.valueOf(example.text("description"))
                                            .strip(),
                            "write them with 'example: " + name + "', 'conforms_to: " + pack.name() + "' and 'rows'");
                }
            }
        }
    }

    /**
     * @param definition the file with the rows
     * @param told the file that says what it shows and what is expected: the same, or that of a pack
     * @param definitions queues and schemes whose rows are compared; empty for all
     */
    private Example example(DefinitionFile definition, DefinitionFile told, List<String> definitions) {
        String name = String.valueOf(definition.text("example"));
        if (!name.equals(definition.baseName())) {
            definition.error(
                    "example",
                    "'" + name + "' is not the name of the file",
                    "call both '" + definition.baseName() + "'");
        }
        LocalDate asOf = LocalDate.EPOCH;
        try {
            asOf = LocalDate.parse(String.valueOf(told.text("as_of")));
        } catch (DateTimeException noDate) {
            definition.error("as_of", "'" + definition.text("as_of") + "' is not a date", "use the form 2016-01-12");
        }
        return new Example(
                name,
                told.file(),
                String.valueOf(told.text("description")).strip(),
                asOf,
                rows(definition),
                expected(told),
                definitions);
    }

    private Map<String, List<Example.InputRow>> rows(DefinitionFile definition) {
        Map<String, List<Example.InputRow>> rows = new LinkedHashMap<>();
        Set<String> feeds = force.feeds().stream().map(Feed::name).collect(Collectors.toCollection(TreeSet::new));
        definition.at("rows").properties().forEach(entry -> {
            String path = "rows." + entry.getKey();
            if (!feeds.contains(entry.getKey())) {
                definition.error(
                        path,
                        "'" + entry.getKey() + "' is not a feed",
                        Suggestions.remedy(entry.getKey(), feeds, "feeds"));
            } else if (isListOfGroups(definition, path, entry.getValue())) {
                rows.put(entry.getKey(), rows(definition, path, force.feed(entry.getKey()), entry.getValue()));
            }
        });
        return rows;
    }

    private boolean isListOfGroups(DefinitionFile definition, String path, JsonNode list) {
        if (!list.isArray()) {
            definition.error(path, "is not a list", "write its rows as '- {column: value, ...}'");
            return false;
        }
        for (int index = 0; index < list.size(); index++) {
            if (!list.path(index).isObject()) {
                definition.error(path + "[" + index + "]", "is not a row", "use the form '- {column: value, ...}'");
                return false;
            }
        }
        return true;
    }

    private List<Example.InputRow> rows(DefinitionFile definition, String path, Feed feed, JsonNode list) {
        List<Example.InputRow> rows = new ArrayList<>();
        Set<List<Object>> keys = new HashSet<>();
        Set<String> columns = feed.columns().stream().map(Feed.Column::name).collect(Collectors.toSet());
        for (int index = 0; index < list.size(); index++) {
            String rowPath = path + "[" + index + "]";
            Map<String, Object> values = new LinkedHashMap<>();
            list.path(index).properties().forEach(entry -> {
                String field = rowPath + "." + entry.getKey();
                if (feed.isKeyedByRow() && entry.getKey().equals(ROW_KEY)) {
                    definition.error(
                            field,
                            "the rows of feed '" + feed.name() + "' have no key",
                            "remove it: the rows are called 'row 1', 'row 2', ... in order, "
                                    + "in row_key and wherever an item_key is expected");
                } else if (!columns.contains(entry.getKey())) {
                    definition.error(
                            field,
                            "feed '" + feed.name() + "' has no column '" + entry.getKey() + "'",
                            Suggestions.remedy(entry.getKey(), columns, "columns"));
                } else if (!entry.getValue().isNull()) {
                    value(definition, field, feed.column(entry.getKey()), entry.getValue(), values);
                }
            });
            requireIdentity(definition, rowPath, feed, list.path(index));
            List<Object> key = new ArrayList<>();
            feed.key().forEach(column -> key.add(String.valueOf(values.get(column))));
            if (!key.isEmpty() && !keys.add(key)) {
                definition.error(
                        rowPath,
                        "has the key of an earlier row (" + String.join(", ", feed.key()) + ")",
                        "a feed has one row per key: change the key, or remove one of the rows");
            }
            rows.add(new Example.InputRow(definition.line(rowPath), values));
        }
        return rows;
    }

    /** Other columns may be left out, so that an example shows only what matters. */
    private void requireIdentity(DefinitionFile definition, String rowPath, Feed feed, JsonNode row) {
        for (Feed.Column declared : feed.columns()) {
            String column = declared.name();
            boolean isIdentity = feed.key().contains(column) || feed.item().equals(column);
            if (!isIdentity || feed.mayBeEmpty().contains(column)) {
                continue;
            }
            if (row.path(column).isMissingNode() || row.path(column).isNull()) {
                definition.error(
                        rowPath,
                        "has no '" + column + "', which feeds/" + feed.name() + ".yml needs for key or item",
                        "add it");
            }
        }
    }

    private void value(
            DefinitionFile definition, String field, Feed.Column column, JsonNode value, Map<String, Object> values) {
        Object bound = value(column, value);
        if (bound == null) {
            definition.error(
                    field,
                    (value.isValueNode() ? "'" + value.asText() + "'" : "the value") + " is not of type "
                            + column.type().name().toLowerCase(Locale.ROOT),
                    "write " + form(column.type()));
        } else {
            values.put(column.name(), bound);
        }
    }

    private @Nullable Object value(Feed.Column column, JsonNode value) {
        try {
            return switch (column.type()) {
                case TEXT -> value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
                case WHOLE -> value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
                case DECIMAL -> value.isNumber() ? new BigDecimal(value.asText()).setScale(9) : null;
                case BOOLEAN -> value.isBoolean() ? value.booleanValue() : null;
                case DATE -> value.isTextual() ? LocalDate.parse(value.textValue()) : null;
                case INSTANT ->
                    value.isTextual()
                            ? OffsetDateTime.parse(value.textValue().replace(' ', 'T'))
                                    .toInstant()
                            : null;
                case LOCAL_TIME -> {
                    ZoneId zone = column.zone() == null ? force.zone() : column.zone();
                    yield value.isTextual()
                            ? ExampleColumns.time(value.textValue())
                                    .atZone(zone)
                                    .toInstant()
                            : null;
                }
            };
        } catch (DateTimeException | ArithmeticException otherwise) {
            return null;
        }
    }

    private static String form(Feed.Type type) {
        return switch (type) {
            case TEXT -> "a text; put a number in quotes";
            case WHOLE -> "a whole number, without quotes";
            case DECIMAL -> "a number with at most 9 decimal places, without quotes";
            case BOOLEAN -> "true or false, without quotes";
            case DATE -> "a date in ISO format, such as 2016-01-12, regardless of the feed's pattern";
            case INSTANT -> "a timestamp with its offset, such as 2016-01-12T14:30:00Z";
            case LOCAL_TIME -> "a timestamp in ISO format, such as 2016-01-12 14:30, regardless of the feed's pattern";
        };
    }

    private Map<Example.Kind, List<Example.ExpectedRow>> expected(DefinitionFile definition) {
        Map<Example.Kind, List<Example.ExpectedRow>> expected = new EnumMap<>(Example.Kind.class);
        for (Example.Kind kind : Example.Kind.values()) {
            JsonNode list = definition.at("expect").path(kind.field());
            if (!list.isMissingNode()) {
                expected.put(kind, expected(definition, kind, list));
            }
        }
        if (expected.isEmpty()) {
            definition.error(
                    "expect",
                    "expects nothing",
                    "add at least one of the lists events, spells, gradings and excluded; an empty list [] expects "
                            + "none");
        }
        return expected;
    }

    private List<Example.ExpectedRow> expected(DefinitionFile definition, Example.Kind kind, JsonNode list) {
        List<Example.ExpectedRow> rows = new ArrayList<>();
        Set<String> known = ExampleColumns.all(kind, force);
        for (int index = 0; index < list.size(); index++) {
            String rowPath = "expect." + kind.field() + "[" + index + "]";
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            list.path(index).properties().forEach(entry -> {
                String column = entry.getKey();
                String field = rowPath + "." + column;
                String value = ExampleColumns.canonical(column, entry.getValue());
                if (!known.contains(column)) {
                    definition.error(
                            field,
                            "'" + column + "' is not a column of " + kind.field(),
                            Suggestions.remedy(column, known, "columns"));
                } else if (entry.getValue().isNull()) {
                    values.put(column, null);
                } else if (value == null) {
                    definition.error(
                            field,
                            "'" + entry.getValue().asText() + "' is not a valid value for this column",
                            "write " + ExampleColumns.form(column));
                } else {
                    values.put(column, value);
                    requireKnown(definition, field, column, value);
                }
            });
            for (String column : ExampleColumns.identity(kind)) {
                if (list.path(index).path(column).isMissingNode()
                        || list.path(index).path(column).isNull()) {
                    definition.error(
                            rowPath,
                            "has no '" + column + "'",
                            "add it: rows are identified by " + String.join(" and ", ExampleColumns.identity(kind)));
                }
            }
            rows.add(new Example.ExpectedRow(definition.line(rowPath), values));
        }
        return rows;
    }

    /** Otherwise a misspelt event, queue or feed would only be reported as a missing row. */
    private void requireKnown(DefinitionFile definition, String field, String column, String value) {
        Set<String> known =
                switch (column) {
                    case "event" ->
                        force.stagings().stream()
                                .flatMap(staging -> staging.events().stream())
                                .collect(Collectors.toSet());
                    case "queue" -> force.queues().stream().map(Queue::name).collect(Collectors.toSet());
                    case "scheme" ->
                        force.schemes().stream().map(GradingScheme::name).collect(Collectors.toSet());
                    case "feed" -> force.feeds().stream().map(Feed::name).collect(Collectors.toSet());
                    default -> Set.of(value);
                };
        if (!known.contains(value)) {
            definition.error(
                    field,
                    "there is no " + column + " '" + value + "'",
                    Suggestions.remedy(value, known, column + "s"));
        }
    }
}
