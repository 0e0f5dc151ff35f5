package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.testing.TestDatabase;

/** The published tables match the models, whatever earlier migrations created. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MartSchemaIT {

    private static final List<Model> MARTS = Models.marts();

    private TestDatabase database;
    private Connection connection;
    private Schemas schemas;

    /** In memory: H2 forgets the comments of a view's columns when it opens a file again. */
    TestDatabase database() {
        return TestDatabase.inMemory("schema");
    }

    /** Runs once, because the tests only read. */
    @BeforeAll
    void migrate() throws SQLException {
        database = database().migrated();
        connection = database.open();
        schemas = new Schemas(connection);
    }

    @AfterAll
    void close() throws SQLException {
        if (connection != null) { // no Docker, nothing was opened
            connection.close();
            database.drop();
        }
    }

    @Test
    void everyMartHasItsTableAndItsViewWithItsDescription() throws SQLException {
        Map<String, String> descriptions = new TreeMap<>();
        MARTS.forEach(mart -> descriptions.put(mart.name(), mart.description()));
        for (String schema : List.of("mart_rows", "mart")) {
            assertThat(schemas.relations(schema)).isEqualTo(descriptions);
        }
    }

    @Test
    void columnsAreThoseOfTheModelsInOrderWithTypeNullabilityAndComment() throws SQLException {
        for (Model mart : MARTS) {
            // in any order: a column that is added to a table comes last
            assertThat(schemas.columns("mart_rows", mart.name()))
                    .as("columns of mart_rows.%s", mart.name())
                    .containsExactlyInAnyOrderElementsOf(mart.columns().stream()
                            .map(column -> Schemas.column(column, isKey(mart, column)))
                            .toList());
            assertThat(schemas.columns("mart", mart.name()))
                    .as("columns of mart.%s", mart.name())
                    .isEqualTo(mart.columns().stream()
                            .map(column -> Schemas.column(column, false))
                            .toList());
        }
    }

    private static boolean isKey(Model mart, Model.Column column) {
        return column.name().equals("release_id") || mart.grain().contains(column.name());
    }

    @Test
    void keyIsTheReleaseAndTheGrain() throws SQLException {
        Map<String, List<String>> keys = new TreeMap<>();
        for (String row : TestDatabase.query(
                connection,
                "select t.table_name, k.column_name from information_schema.table_constraints as t"
                        + " inner join information_schema.key_column_usage as k"
                        + " on t.constraint_schema = k.constraint_schema and t.constraint_name = k.constraint_name"
                        + " where t.constraint_type = 'PRIMARY KEY' and t.table_schema = 'mart_rows'"
                        + " order by t.table_name, k.ordinal_position")) {
            String[] column = row.split(" \\| ", -1);
            keys.computeIfAbsent(column[0], any -> new ArrayList<>()).add(column[1]);
        }
        for (Model mart : MARTS) {
            assertThat(keys.get(mart.name()))
                    .as("primary key of mart_rows.%s", mart.name())
                    .isEqualTo(Stream.concat(Stream.of("release_id"), mart.grain().stream())
                            .toList());
        }
    }

    @Test
    void everyTableAndColumnHasAComment() throws SQLException {
        for (String schema : List.of("ops", "public")) {
            for (Map.Entry<String, String> table : schemas.relations(schema).entrySet()) {
                if (!table.getKey().endsWith("_history")) {
                    assertThat(table.getValue()).as(table.getKey()).isNotEqualTo("NO COMMENT");
                    assertThat(schemas.columns(schema, table.getKey()))
                            .noneMatch(column -> column.endsWith(": NO COMMENT"));
                }
            }
        }
    }
}
