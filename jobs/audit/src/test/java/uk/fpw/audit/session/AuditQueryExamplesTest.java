package uk.fpw.audit.session;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.model.ForceTable;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.model.UnitTest;
import uk.fpw.model.UnitTestReader;

/**
 * Runs the examples next to the queries of the audit ({@code unit_tests} of {@code fpw/audit/*.yml}). A table of the
 * models, or of what a force defines, has the columns of its definition and needs no rows. In any other table, the
 * types of columns follow from their values, with structs written as in SQL. A parameter of type files names tables
 * of the example.
 */
class AuditQueryExamplesTest {

    private static final Pattern READ = Pattern.compile("\\b(?:from|join)\\s+(?:([a-z_]+)\\.)?([a-z_]+)\\b");

    private static final Map<String, String> TYPES = Models.all().stream()
            .flatMap(model -> model.columns().stream())
            .collect(Collectors.toMap(Model.Column::name, AuditSession::type, (first, other) -> first));

    /** Types by the form of all values; the first that fits is used. */
    private static final List<Map.Entry<String, String>> BY_VALUE = List.of(
            Map.entry("true|false", "boolean"),
            Map.entry("-?[0-9]+", "integer"),
            Map.entry("-?[0-9]+(\\.[0-9]+)?", "double"),
            Map.entry("[0-9]{4}-[0-9]{2}-[0-9]{2}", "date"),
            Map.entry("\\[.*\\]", "varchar[]"),
            Map.entry("\\{[^'].*\\}|\\{\\}", "map(varchar, varchar)"));

    private static final String STRUCT = "\\{'.*\\}";

    private final AuditSession session = AuditSession.open("Europe/London");
    private final Set<String> created = new TreeSet<>();

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        session.close();
    }

    static Stream<UnitTest> examples() throws Exception {
        URI files =
                Objects.requireNonNull(Models.class.getResource("/fpw/audit")).toURI();
        if (!files.getScheme().equals("jar")) {
            return examples(Path.of(files));
        }
        try (FileSystem jar = FileSystems.newFileSystem(files, Map.of())) {
            return examples(jar.getPath("/fpw/audit"));
        }
    }

    private static Stream<UnitTest> examples(Path files) throws IOException {
        try (Stream<Path> listed = Files.list(files)) {
            return UnitTestReader.ofAudit(listed.map(file -> file.getFileName().toString())
                            .filter(file -> file.endsWith(".sql"))
                            .map(file -> file.substring(0, file.length() - ".sql".length()))
                            .sorted()
                            .toList())
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void queryYieldsTheRowsThatItsExampleExpects(UnitTest example) throws IOException {
        example.rows().forEach(this::create);
        AuditQuery query = AuditQuery.named(example.subject());
        for (String parameter : example.parameters()) {
            String[] parts = parameter.split("=", 2);
            query = query.with(
                    parts[0], value(Objects.requireNonNull(query.parameters().get(parts[0]), parameter), parts[1]));
        }
        String sql = query.sql();
        Matcher tables = READ.matcher(sql);
        while (tables.find()) {
            createEmpty(tables.group(1), tables.group(2));
        }
        createFunctions(example, sql);
        session.execute("create view yielded as " + sql);
        List<String> columns = session.rows("select column_name from (describe yielded)").stream()
                .map(row -> new QueryRow(row).text(0))
                .toList();
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        for (List<@Nullable Object> values : session.rows("from yielded")) {
            Map<String, @Nullable String> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i), shown(values.get(i)));
            }
            rows.add(example.compared(row));
        }

        example.expected().forEach(row -> assertThat(columns)
                .as(example.place() + ": 'expect': columns of the query")
                .containsAll(row.keySet()));
        assertThat(rows).as(example.place()).containsExactlyInAnyOrderElementsOf(example.expected());
    }

    /** Creates the functions that the query reads, over a source or over a table of the example. */
    private void createFunctions(UnitTest example, String sql) {
        for (String query : List.of("spell_pair_side", "known_spell")) {
            if (sql.contains(query + "(")) {
                session.createFunction(
                        query + "(source)", AuditQuery.named(query).with("source", "source"));
            }
        }
        example.rows().keySet().stream()
                .filter(table -> sql.contains(table + "()"))
                .forEach(table ->
                        session.execute("create macro " + name(table) + "() as table from " + place("main", table)));
    }

    private Object value(AuditQuery.Type type, String value) {
        return switch (type) {
            case BOOLEAN -> Boolean.valueOf(value);
            case NUMBER -> Long.valueOf(value);
            case TEXTS, DATES, NAMES -> list(value);
            case NUMBERS -> list(value).stream().map(Long::valueOf).toList();
            case FILES -> list(value).stream().map(this::file).toList();
            case TEXT, DATE, NAME, EXPRESSION -> value;
        };
    }

    private static List<String> list(String value) {
        return Arrays.stream(value.substring(1, value.length() - 1).split(", ", -1))
                .filter(each -> !each.isEmpty())
                .toList();
    }

    private String file(String table) {
        Path file = folder.resolve(table + ".parquet");
        session.execute("copy (select * from " + name(table) + ") to " + text(file.toString()) + " (format parquet)");
        return file.toString();
    }

    private void create(String table, List<Map<String, @Nullable String>> rows) {
        int point = table.indexOf('.');
        String schema = point < 0 ? "main" : table.substring(0, point);
        String simple = table.substring(point + 1);
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> columns.addAll(row.keySet()));
        if (isOther(simple, columns) || !createEmpty(schema, simple)) {
            session.execute("create schema if not exists " + name(schema));
            session.execute("create table " + place(schema, simple)
                    + columns.stream()
                            .map(column -> name(column) + " " + type(column, rows))
                            .collect(Collectors.joining(", ", " (", ")")));
            created.add(place(schema, simple));
        }
        for (Map<String, @Nullable String> row : rows) {
            session.execute("insert into " + place(schema, simple)
                    + row.keySet().stream().map(column -> name(column)).collect(Collectors.joining(", ", " (", ")"))
                    + " values "
                    + row.values().stream()
                            .map(AuditQueryExamplesTest::sql)
                            .collect(Collectors.joining(", ", "(", ")")));
        }
    }

    /** A figure definition may have other columns than the mart of the same name. */
    private static boolean isOther(String table, Set<String> columns) {
        return Models.all().stream()
                .anyMatch(model ->
                        model.name().equals(table) && !model.columnNames().containsAll(columns));
    }

    /** Creates a table of the models, or of what a force defines, with its columns; returns whether it is one. */
    private boolean createEmpty(@Nullable String inSchema, String table) {
        String schema = inSchema == null ? "main" : inSchema;
        Model model = Models.all().stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElse(null);
        ForceTable ofForce = ForceTable.all().stream()
                .filter(each -> each.name().equals(table))
                .findFirst()
                .orElse(null);
        if (model == null && ofForce == null) {
            return false;
        }
        if (created.add(place(schema, table))) {
            session.execute("create schema if not exists " + name(schema));
            session.execute("set search_path = '" + schema + "'");
            session.execute(
                    ofForce != null
                            ? ofForce.create("[]")
                            : Objects.requireNonNull(model).columns().stream()
                                    .map(column -> name(column.name()) + " " + AuditSession.type(column))
                                    .collect(Collectors.joining(", ", "create table " + name(table) + " (", ")")));
            session.execute("set search_path = 'main'");
        }
        return true;
    }

    private static String place(String schema, String table) {
        return name(schema) + "." + name(table);
    }

    private String type(String column, List<Map<String, @Nullable String>> rows) {
        List<String> values = rows.stream()
                .map(row -> row.get(column))
                .filter(Objects::nonNull)
                .toList();
        if (values.isEmpty()) {
            return column.endsWith("_on") ? "date" : TYPES.getOrDefault(column, "varchar");
        }
        if (values.get(0).matches(STRUCT)) {
            return new QueryRow(
                            session.rows("select typeof(" + values.get(0) + ")").get(0))
                    .text(0);
        }
        return BY_VALUE.stream()
                .filter(type -> values.stream().allMatch(value -> value.matches(type.getKey())))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("varchar");
    }

    private static String sql(@Nullable String value) {
        return value != null && value.matches(STRUCT) ? value : text(value);
    }

    private static @Nullable String shown(@Nullable Object value) {
        if (value instanceof Array list) {
            try {
                return Arrays.toString((Object[]) list.getArray());
            } catch (SQLException failed) {
                throw new IllegalStateException(failed);
            }
        }
        return UnitTest.text(value);
    }
}
