package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.model.DuckSql.name;
import static uk.fpw.model.DuckSql.text;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.model.UnitTest;
import uk.fpw.model.UnitTestReader;

/**
 * Runs the examples of the ready-made queries ({@code unit_tests} of {@code fpw/query/*.yml}) as {@code fpw query}
 * would, on a release with the rows of the example. Columns that a row does not set are null.
 */
class ReadyQueryExamplesIT {

    @TempDir
    private Path folder;

    static Stream<UnitTest> examples() {
        return UnitTestReader.ofQueries(
                ReadyQueries.all().stream().map(ReadyQueries.ReadyQuery::name).toList())
                .stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void queryYieldsTheRowsThatItsExampleExpects(UnitTest example) throws SQLException {
        ReadyQueries.ReadyQuery query = ReadyQueries.named(example.subject());
        List<QueryParameters.Bound> bound = QueryParameters.bind(query.parameters(), example.parameters());
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        try (QuerySession session = QuerySession.open(release(example, query.sql()), null, bound, table -> true)) {
            QueryResult result = session.run(QueryParameters.placed(query.sql(), bound));
            result.headings().forEach(heading -> columns.add(heading.name()));
            result.rows().forEachRemaining(values -> {
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.put(columns.get(i), UnitTest.text(values.get(i)));
                }
                rows.add(row);
            });
        }

        example.expected().forEach(row -> assertThat(columns)
                .as(example.place() + ": 'expect': columns of the query")
                .containsAll(row.keySet()));
        assertThat(rows.stream().map(example::compared).toList())
                .as(example.place())
                .containsExactlyElementsOf(example.expected());
    }

    /** A release of the tables that the query may read: those named in it, and those of the example. */
    private ReleaseManifest release(UnitTest example, String sql) throws SQLException {
        List<ReleaseManifest.Table> tables = new ArrayList<>();
        List<Model> models = Models.all().stream()
                .filter(model -> sql.contains(model.name()) || example.rows().containsKey(model.table()))
                .toList();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            for (Model model : models) {
                List<Map<String, @Nullable String>> rows = example.rows().getOrDefault(model.table(), List.of());
                tables.add(new ReleaseManifest.Table(
                        model.table(),
                        model.description(),
                        rows.size(),
                        model.columns().stream()
                                .map(column -> new ReleaseManifest.Column(
                                        column.name(), column.type().word(), column.description()))
                                .toList(),
                        rows.isEmpty() ? List.of() : List.of(new WrittenFile(write(duck, model, rows)))));
            }
        }
        return new ReleaseManifest(
                ReleaseId.of("2015-12-31.1"),
                "2015-12-31",
                "The Town",
                ZoneId.of("Europe/London"),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                tables,
                Map.of(),
                null);
    }

    private Path write(Connection duck, Model model, List<Map<String, @Nullable String>> rows) throws SQLException {
        Path file = folder.resolve(model.table() + ".parquet");
        try (Statement statement = duck.createStatement()) {
            statement.execute(model.columns().stream()
                    .map(column -> name(column.name()) + " " + type(column))
                    .collect(Collectors.joining(", ", "create table " + name(model.table()) + " (", ")")));
            for (Map<String, @Nullable String> row : rows) {
                statement.execute(model.columns().stream()
                        .map(column -> text(row.get(column.name())))
                        .collect(Collectors.joining(", ", "insert into " + name(model.table()) + " values (", ")")));
            }
            statement.execute("copy " + name(model.table()) + " to " + text(file.toString()) + " (format parquet)");
        }
        return file;
    }

    private static String type(Model.Column column) {
        return switch (column.type()) {
            case TEXT -> "varchar";
            case INT -> "integer";
            case TIMESTAMP -> "timestamp with time zone";
            case MAP -> "map(varchar, varchar)";
            default -> column.type().word();
        };
    }
}
