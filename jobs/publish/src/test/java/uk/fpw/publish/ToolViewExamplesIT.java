package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.model.DuckSql;
import uk.fpw.model.UnitTest;
import uk.fpw.model.UnitTestReader;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * Runs the examples next to the views for BI tools ({@code unit_tests} of {@code fpw/bi/*.yml} and {@code
 * fpw/bi_detail/*.yml}) on the views that the migrations create. Columns that a row does not give are null or, if they
 * must not be, some value of their type. Rows belong to release 2015-12-31.1, which is current, unless they say
 * otherwise.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ToolViewExamplesIT {

    private static final String RELEASE = "2015-12-31.1";

    @TempDir
    static Path folder;

    private final Map<String, Map<String, String>> required = new TreeMap<>();
    private Connection connection;

    @BeforeAll
    void migrate() throws SQLException {
        connection = TestDatabase.embedded(folder).migrated().open();
        TestDatabase.execute(connection, "set referential_integrity false");
        connection.setAutoCommit(false);
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
    }

    Stream<UnitTest> examples() throws SQLException {
        Map<String, Set<String>> ops = new TreeMap<>();
        for (String line : TestDatabase.query(
                connection,
                "select table_name, column_name from information_schema.columns where table_schema = 'ops'")) {
            String[] names = line.split(" \\| ", -1);
            ops.computeIfAbsent("ops." + names[0], any -> new TreeSet<>()).add(names[1]);
        }
        return UnitTestReader.ofToolViews(ops).stream();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void viewShowsTheRowsThatItsExampleExpects(UnitTest example) throws SQLException {
        try {
            if (!example.rows().containsKey("ops.release")) {
                insert("ops.release", Map.of("release_id", RELEASE));
                insert("ops.current_release", Map.of("release_id", RELEASE));
            }
            for (Map.Entry<String, List<Map<String, @Nullable String>>> table :
                    example.rows().entrySet()) {
                for (Map<String, @Nullable String> row : table.getValue()) {
                    insert(table.getKey(), row);
                }
            }

            assertThat(rows(example.subject()).stream().map(example::compared).toList())
                    .as(example.place())
                    .containsExactlyInAnyOrderElementsOf(example.expected());
        } finally {
            connection.rollback();
        }
    }

    private void insert(String table, Map<String, @Nullable String> given) throws SQLException {
        Map<String, @Nullable String> row = new LinkedHashMap<>(required(table.replaceFirst("^mart\\.", "mart_rows.")));
        row.putAll(given);
        String columns = row.keySet().stream().map(DuckSql::name).collect(Collectors.joining(", "));
        String places = row.keySet().stream().map(any -> "?").collect(Collectors.joining(", "));
        try (PreparedStatement insert = connection.prepareStatement("insert into "
                + table.replaceFirst("^mart\\.", "mart_rows.") + " (" + columns + ") values (" + places + ")")) {
            int place = 0;
            for (String value : row.values()) {
                place++;
                insert.setString(place, value);
            }
            insert.executeUpdate();
        }
    }

    /** A value for every required column without a default. */
    private Map<String, String> required(String table) throws SQLException {
        Map<String, String> known = required.get(table);
        if (known != null) {
            return known;
        }
        Map<String, String> values = new TreeMap<>();
        int dot = table.indexOf('.');
        for (String line : TestDatabase.query(
                connection,
                "select column_name, data_type from information_schema.columns"
                        + " where table_schema = '" + table.substring(0, dot) + "' and table_name = '"
                        + table.substring(dot + 1) + "' and is_nullable = 'NO' and column_default is null")) {
            String[] column = line.split(" \\| ", -1);
            values.put(column[0], column[0].equals("release_id") ? RELEASE : aValue(column[1]));
        }
        required.put(table, values);
        return values;
    }

    private static String aValue(String type) {
        return switch (type.toLowerCase(Locale.ROOT)) {
            case "character varying" -> "-";
            case "boolean" -> "false";
            case "date" -> "1970-01-01";
            case "timestamp with time zone" -> "1970-01-01T00:00:00Z";
            default -> "0";
        };
    }

    private List<Map<String, @Nullable String>> rows(String view) throws SQLException {
        List<Map<String, @Nullable String>> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from " + view)) {
            while (rows.next()) {
                Map<String, @Nullable String> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnLabel(i), UnitTest.text(rows.getObject(i)));
                }
                found.add(row);
            }
        }
        return found;
    }
}
