package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.model.Model;
import uk.fpw.warehouse.model.Models;

/** The migrations and the models say the same. A model that changed after a release needs a new migration; one that has landed is never edited. */
class MartSchemaIT {

    private static final String URL =
            "jdbc:h2:mem:schema;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";

    private static final List<Model> MARTS =
            Models.all().stream().filter(model -> model.schema().equals("mart")).toList();

    @BeforeAll
    static void migrate() {
        Flyway.configure().dataSource(URL, "fpw", "").load().migrate();
    }

    @AfterAll
    static void shutDown() throws SQLException {
        query("shutdown");
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(URL, "fpw", "");
                var statement = connection.createStatement()) {
            List<String> lines = new ArrayList<>();
            if (statement.execute(sql)) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
            }
            return lines;
        }
    }

    private static List<String> columns(String schema, String table) throws SQLException {
        return query(String.format(
                Locale.ROOT,
                "select column_name || ' ' || lower(data_type) || case is_nullable when 'NO' then ' not null' else '' end"
                        + " || ': ' || coalesce(remarks, 'NO COMMENT') from information_schema.columns"
                        + " where table_schema = '%s' and table_name = '%s' order by ordinal_position",
                schema,
                table));
    }

    private static String column(Model.Column column, boolean constrained) {
        String type =
                switch (column.type()) {
                    case "text" -> "character varying";
                    case "int" -> "integer";
                    case "double" -> "double precision";
                    case "timestamp" -> "timestamp with time zone";
                    default -> column.type();
                };
        return column.name() + " " + type + (constrained && !column.nullable() ? " not null" : "") + ": "
                + column.comment();
    }

    @Test
    void everyMartHasItsTableAndItsView() throws SQLException {
        List<String> names = MARTS.stream().map(Model::name).sorted().toList();
        for (String schema : List.of("mart_rows", "mart")) {
            assertThat(query("select table_name from information_schema.tables where table_schema = '" + schema
                            + "' order by table_name"))
                    .isEqualTo(names);
        }
    }

    @Test
    void columnsAreThoseOfTheModelsInOrderWithTypeNullabilityAndComment() throws SQLException {
        for (Model mart : MARTS) {
            // in any order: a column that a table gains stands at its end
            assertThat(columns("mart_rows", mart.name()))
                    .as("columns of mart_rows.%s", mart.name())
                    .containsExactlyInAnyOrderElementsOf(mart.columns().stream()
                            .map(column -> column(column, true))
                            .toList());
            assertThat(columns("mart", mart.name()))
                    .as("columns of mart.%s", mart.name())
                    .isEqualTo(mart.columns().stream()
                            .map(column -> column(column, false))
                            .toList());
        }
    }

    @Test
    void tablesAndViewsCarryTheDescription() throws SQLException {
        for (Model mart : MARTS) {
            assertThat(query("select remarks from information_schema.tables where table_schema in ('mart_rows', 'mart')"
                            + " and table_name = '" + mart.name() + "'"))
                    .as("comments on %s", mart.table())
                    .containsExactly(mart.description(), mart.description());
        }
    }

    @Test
    void keyIsTheReleaseAndTheGrain() throws SQLException {
        for (Model mart : MARTS) {
            assertThat(query("select k.column_name from information_schema.table_constraints as t"
                            + " inner join information_schema.key_column_usage as k"
                            + " on t.constraint_schema = k.constraint_schema and t.constraint_name = k.constraint_name"
                            + " where t.constraint_type = 'PRIMARY KEY' and t.table_schema = 'mart_rows' and t.table_name = '"
                            + mart.name() + "' order by k.ordinal_position"))
                    .as("primary key of mart_rows.%s", mart.name())
                    .isEqualTo(Stream.concat(Stream.of("release_id"), mart.grain().stream())
                            .toList());
        }
    }

    @Test
    void everyTableAndColumnHasAComment() throws SQLException {
        assertThat(query("""
                        select table_schema || '.' || table_name
                        from information_schema.tables
                        where table_schema in ('ops', 'public') and table_name <> 'flyway_schema_history' and remarks is null
                        union all
                        select table_schema || '.' || table_name || '.' || column_name
                        from information_schema.columns
                        where table_schema in ('ops', 'public') and table_name <> 'flyway_schema_history' and remarks is null""")).isEmpty();
    }
}
