package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.store.schema.Migrations;
import uk.fpw.warehouse.testing.TestDatabase;

/** The views for BI tools of a new database, and what each role may read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BiSchemaIT {

    private static final String REMEDY = "; see uk.fpw.warehouse.store.schema.PublishedViews";

    private static final List<Model> MARTS = Models.marts();

    private static final List<String> OPS_OF_ANALYSTS = List.of(
            "ops.acceptance",
            "ops.comparison_declaration",
            "ops.current_release",
            "ops.exclusion_count",
            "ops.feed_account",
            "ops.feed_load",
            "ops.later_date",
            "ops.night",
            "ops.publication",
            "ops.publication_restatement",
            "ops.publication_row",
            "ops.quality_result",
            "ops.queue_definition",
            "ops.release",
            "ops.release_acceptance",
            "ops.release_feed",
            "ops.release_queue",
            "ops.release_step",
            "ops.release_table",
            "ops.release_withdrawn_load",
            "ops.unreadable_value",
            "ops.warehouse");

    private TestDatabase database;
    private Connection connection;
    private Schemas schemas;

    /** In memory: H2 forgets the comments of a view's columns when it opens a file again. */
    TestDatabase database() {
        return TestDatabase.inMemory("bi");
    }

    /** Runs once; tests undo what they change. */
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

    /** The views that a person begins with, beside bi.release and the dimensions. */
    private static final List<String> TWELVE = List.of(
            "changes",
            "comparisons",
            "exits",
            "flows",
            "flows_by_slice",
            "grades",
            "recommendations",
            "signals",
            "staff",
            "standards",
            "waiting_now",
            "waits");

    /** A view of bi or bi_detail as the models define it. */
    private record View(String schema, String description, List<Model.Column> columns) {}

    private static boolean isOpen(Model mart) {
        return mart.access() == Model.Access.OPEN;
    }

    private static List<Model.Column> without(Model mart, Set<String> left) {
        return mart.columns().stream()
                .filter(column -> !left.contains(column.name()))
                .toList();
    }

    private static Map<String, View> views() {
        Map<String, View> views = new TreeMap<>();
        for (Model mart : MARTS) {
            boolean hasTotals =
                    mart.columns().stream().anyMatch(column -> column.name().equals("is_total"));
            if (isOpen(mart) && hasTotals && !mart.name().startsWith("dim_")) {
                views.put(
                        mart.name(),
                        new View(
                                "bi_detail",
                                mart.description() + " Totals only.",
                                without(mart, Set.of("slice", "slice_value", "is_total"))));
                views.put(
                        mart.name() + "_by_slice",
                        new View(
                                "bi_detail",
                                mart.description()
                                        + " Slices only. Every slice is a breakdown of the same "
                                        + "total: choose one slice, never add over slices.",
                                without(mart, Set.of("is_total"))));
            } else if (isOpen(mart)) {
                views.put(
                        mart.name(),
                        new View(
                                mart.name().startsWith("dim_") ? "bi" : "bi_detail",
                                mart.description(),
                                mart.columns()));
            }
        }
        Models.toolViews()
                .forEach(view -> views.put(view.name(), new View(view.schema(), view.description(), view.columns())));
        return views;
    }

    @Test
    void newDatabaseHasTwelveViewsTheReleaseAndTheDimensionsInBiAndNoOldName() throws SQLException {
        Set<String> first = new TreeSet<>(TWELVE);
        first.add("release");
        MARTS.stream().map(Model::name).filter(name -> name.startsWith("dim_")).forEach(first::add);

        assertThat(schemas.relations("bi").keySet()).isEqualTo(first);
        assertThat(schemas.relations("bi_detail"))
                .containsKeys("queue_monthly", "queue_monthly_by_slice", "stages_now");
    }

    @Test
    void everyOpenMartHasItsViewsWithTheColumnsAndCommentsOfItsModel() throws SQLException {
        for (String schema : List.of("bi", "bi_detail")) {
            Map<String, String> descriptions = new TreeMap<>();
            views().forEach((name, view) -> {
                if (view.schema.equals(schema)) {
                    descriptions.put(name, view.description);
                }
            });
            assertThat(schemas.relations(schema))
                    .as("views of " + schema + REMEDY)
                    .isEqualTo(descriptions);
        }
        for (Map.Entry<String, View> view : views().entrySet()) {
            assertThat(schemas.columns(view.getValue().schema, view.getKey()))
                    .as("columns of " + view.getKey() + REMEDY)
                    .isEqualTo(view.getValue().columns.stream()
                            .map(column -> Schemas.column(column, false))
                            .toList());
        }
    }

    @Test
    void viewsOverAllReleasesHaveTheColumnsOfThoseOverTheCurrentOne() throws SQLException {
        for (String schema : List.of("bi", "mart")) {
            Map<String, String> views = new TreeMap<>();
            for (String of : schema.equals("bi") ? List.of("bi", "bi_detail") : List.of("mart")) {
                schemas.relations(of).keySet().forEach(view -> views.put(view, of));
            }
            for (Map.Entry<String, String> view : views.entrySet()) {
                if (!view.getKey().equals("release")) { // that of bi_releases lists them all
                    assertThat(columnsWithoutComments(schema + "_releases", view.getKey()))
                            .as("columns of " + schema + "_releases." + view.getKey())
                            .isEqualTo(columnsWithoutComments(view.getValue(), view.getKey()));
                }
            }
            Map<String, String> found = schemas.relations(schema + "_releases");
            assertThat(found.keySet()).isEqualTo(views.keySet());
            assertThat(found.values()).doesNotContain("NO COMMENT");
        }
    }

    private List<String> columnsWithoutComments(String schema, String view) throws SQLException {
        return schemas.columns(schema, view).stream()
                .map(column -> column.split(": ", 2)[0])
                .toList();
    }

    @Test
    void toolsReadTheirViewsAndOpenMartsAndNothingElse() throws SQLException {
        Set<String> expected = new TreeSet<>(Set.of("bi_releases.release"));
        views().forEach((name, view) -> expected.addAll(List.of(view.schema + "." + name, "bi_releases." + name)));
        MARTS.stream()
                .filter(BiSchemaIT::isOpen)
                .forEach(mart -> expected.addAll(List.of(mart.table(), "mart_releases." + mart.name())));
        TestDatabase tool = member("fpw_bi");

        assertThat(readable(tool)).as("what fpw_bi reads" + REMEDY).isEqualTo(expected);
        assertThat(expected)
                .contains("bi.flows", "bi_detail.queue_daily", "bi_releases.queue_daily", "mart.case_silence_count")
                .doesNotContain("mart.case_milestone_open", "mart_releases.case_milestone_open")
                .doesNotContain("mart.case_silence", "mart_releases.case_silence")
                .doesNotContain("mart.case_clock", "mart_releases.case_clock");
        assertMayNotWrite(tool);
    }

    @Test
    void analystsReadEveryMartAndTheLedgersWithoutValuesOfSourceRows() throws SQLException {
        Set<String> expected = new TreeSet<>(OPS_OF_ANALYSTS);
        expected.add("bi_releases.release");
        views().forEach((name, view) -> expected.addAll(List.of(view.schema + "." + name, "bi_releases." + name)));
        MARTS.forEach(mart -> expected.addAll(List.of(mart.table(), "mart_releases." + mart.name())));
        TestDatabase analyst = member("fpw_analyst");

        assertThat(readable(analyst)).as("what fpw_analyst reads" + REMEDY).isEqualTo(expected);
        assertThat(expected).contains("mart.case_milestone_open").doesNotContain("ops.refusal");
        assertMayNotWrite(analyst);
    }

    @Test
    void ownersReadAndWriteEverything() throws SQLException {
        TestDatabase owner = member("fpw_owner");
        assertThat(readable(owner)).containsAll(relations());
        owner.execute("insert into ops.warehouse_lock (name, token) values ('test', 0)");
        owner.execute("create table mart_rows.next_version (n integer)");
        owner.execute("alter table mart_rows.dim_slice add column next_version integer");

        owner.execute("alter table mart_rows.dim_slice drop column next_version");
        owner.execute("drop table mart_rows.next_version");
        owner.execute("delete from ops.warehouse_lock where name = 'test'");
    }

    @Test
    void migrationsRunTwiceOnOneServer() {
        Migrations.of(database.dataSource()).migrate();
        if (database.isPostgres()) {
            Migrations.of(database().dataSource()).migrate();
        }
    }

    /** A new user whose only role is this one. */
    private TestDatabase member(String role) throws SQLException {
        // users belong to the server, which several databases of this JVM share
        String user = "someone_" + Long.toHexString(System.nanoTime());
        database.execute("create user " + user + " password 'test'");
        database.execute("grant " + role + " to " + user);
        return database.as(user, "test");
    }

    private Set<String> relations() throws SQLException {
        Set<String> relations = new TreeSet<>();
        for (String schema :
                List.of("bi", "bi_detail", "bi_releases", "mart", "mart_releases", "mart_rows", "ops", "public")) {
            schemas.relations(schema).keySet().forEach(name -> relations.add(schema + "." + name));
        }
        return relations;
    }

    private Set<String> readable(TestDatabase reader) throws SQLException {
        Set<String> readable = new TreeSet<>();
        try (Connection session = reader.open()) {
            for (String relation : relations()) {
                String name = relation.endsWith("_history") ? relation.replaceFirst("\\.(.*)", ".\"$1\"") : relation;
                try {
                    TestDatabase.query(session, "select count(*) from " + name);
                    readable.add(relation);
                } catch (SQLException denied) {
                    assertThat(denied.getMessage())
                            .containsAnyOf("permission denied", "Not enough rights", "not found");
                }
            }
        }
        return readable;
    }

    private static void assertMayNotWrite(TestDatabase reader) {
        for (String statement : List.of(
                "delete from mart_rows.queue_daily",
                "delete from ops.current_release",
                "create table bi.mine (n integer)",
                "drop view bi_detail.queue_daily")) {
            assertThatThrownBy(() -> reader.execute(statement))
                    .as(statement)
                    .isInstanceOf(SQLException.class)
                    .hasMessageMatching(
                            "(?s).*(permission denied|must be owner|Not enough rights|[Aa]dmin rights|not found).*");
        }
    }
}
