package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.testing.TestDatabase;

/** The published tables are those of the models, whatever earlier migrations made. */
class MartSchemaIT {

    private static final List<Model> MARTS = Models.marts();

    private TestDatabase database;
    private Schemas schemas;

    TestDatabase database() {
        return TestDatabase.inMemory("schema");
    }

    @BeforeEach
    void migrate() {
        database = database();
        Schemas.migrate(database);
        schemas = new Schemas(database);
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // no Docker, nothing was opened
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
            // in any order: a column that a table gains stands at its end
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
        for (Model mart : MARTS) {
            assertThat(database.query("select k.column_name from information_schema.table_constraints as t"
                            + " inner join information_schema.key_column_usage as k"
                            + " on t.constraint_schema = k.constraint_schema and t.constraint_name = k.constraint_name"
                            + " where t.constraint_type = 'PRIMARY KEY' and t.table_schema = 'mart_rows' and "
                            + "t.table_name = '"
                            + mart.name() + "' order by k.ordinal_position"))
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
