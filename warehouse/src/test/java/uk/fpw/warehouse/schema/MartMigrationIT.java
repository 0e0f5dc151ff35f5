package uk.fpw.warehouse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

/** The published tables of a database that holds rows, rights and other people's views, when the models change. */
class MartMigrationIT {

    /** The last version whose published tables were written by hand. */
    private static final String BEFORE_MODELS = "25.2";

    private static final List<Model> MARTS = Models.marts();

    private TestDatabase database;
    private String reader;

    TestDatabase database() {
        return TestDatabase.inMemory("marts_" + Long.toHexString(System.nanoTime()));
    }

    @BeforeEach
    void makeTheVersionBefore() throws SQLException {
        database = database();
        Migrations.written(database.url())
                .dataSource(database.dataSource())
                .target(BEFORE_MODELS)
                .load()
                .migrate();
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version,"
                + " force_digest, key_fingerprint, digest) values"
                + " ('2015-12-01.1', '1', date '2015-12-01', current_timestamp, '0', 'f', 'k', 'd')");
        database.execute("insert into ops.current_release (release_id) values ('2015-12-01.1')");
        database.execute(
                "insert into mart_rows.dim_slice (force, queue, slice, slice_value, is_total, item_count, release_id)"
                        + " values ('kent', 'waiting', 'type', 'phone', false, 7, '2015-12-01.1')");
        // Users belong to the server, which several databases of this JVM share.
        reader = "someone_" + Long.toHexString(System.nanoTime());
        database.execute("create user " + reader + " password 'test'");
        if (database.isPostgres()) {
            database.execute("grant usage on schema bi to " + reader);
        }
        database.execute("grant select on bi.dim_slice to " + reader);
    }

    @AfterEach
    void drop() throws SQLException {
        if (database != null) { // no Docker, nothing was opened
            database.drop();
        }
    }

    /** Each change of the models is a later version. */
    private int number = 1;

    private void migrate(List<Model> marts) {
        migrate(number++, marts);
    }

    private void migrate(int version, List<Model> marts) {
        Migrations.of(database.dataSource(), version, marts).migrate();
    }

    private ExistingSchema shape() throws SQLException {
        return shape(database);
    }

    private static ExistingSchema shape(TestDatabase database) throws SQLException {
        try (Connection connection = database.open()) {
            return ExistingSchema.of(connection);
        }
    }

    private static List<Model> with(String mart, UnaryOperator<List<Model.Column>> columns) {
        return MARTS.stream()
                .map(model -> model.name().equals(mart)
                        ? new Model(
                                model.table(),
                                model.owner(),
                                model.description(),
                                model.access(),
                                model.availableTo(),
                                model.lastValue(),
                                model.grain(),
                                columns.apply(new ArrayList<>(model.columns())),
                                model.tests(),
                                model.sql())
                        : model)
                .toList();
    }

    private static Model.Column column(String name, ColumnType type, int length) {
        return new Model.Column(name, type, length, "", Model.Add.NOT_A_MEASURE, true, "The force's \"own\" count.");
    }

    private static List<Model> withNewColumn() {
        return with("dim_slice", columns -> {
            columns.add(1, column("shade", ColumnType.TEXT, 20));
            return columns;
        });
    }

    @Test
    void upgradeKeepsRowsRightsAndOtherViews() throws SQLException {
        database.execute("create view public.mine as select slice_value, item_count from bi.dim_slice");

        Migrations.of(database.dataSource()).migrate();

        assertThat(database.query("select slice_value, item_count from bi.dim_slice"))
                .containsExactly("phone | 7");
        assertThat(database.query("select slice_value, item_count from mine")).containsExactly("phone | 7");
        assertThat(database.as(reader, "test").query("select item_count from bi.dim_slice"))
                .containsExactly("7");
    }

    /** But for the order of columns that a table gained, which nobody reads by place. */
    @Test
    void emptyAndUpgradedDatabasesEndEqual() throws SQLException {
        Migrations.of(database.dataSource()).migrate();
        TestDatabase empty = database();
        try {
            Migrations.of(empty.dataSource()).migrate();

            assertThat(catalog(shape())).isEqualTo(catalog(shape(empty)));
        } finally {
            empty.drop();
        }
    }

    private Map<String, String> catalog(ExistingSchema shape) {
        Map<String, String> catalog = new TreeMap<>();
        shape.columns().forEach((name, columns) -> {
            Stream<ExistingSchema.Column> all = columns.stream();
            catalog.put(
                    name,
                    (name.startsWith("mart_rows.")
                                            ? all.sorted((a, b) -> a.name().compareTo(b.name()))
                                            : all)
                                    .toList() + " " + shape.keys().get(name));
        });
        shape.comments().forEach((name, comment) -> catalog.put(name + " is", comment));
        shape.grants()
                .forEach((name, grants) -> catalog.put(
                        name + " grants",
                        new TreeSet<>(grants.stream()
                                        .filter(grant -> !grant.grantee().equals(reader))
                                        .map(ExistingSchema.Grant::toString)
                                        .toList())
                                .toString()));
        return catalog;
    }

    /** Otherwise every change of the models would make it anew, and turn away whoever built on it. */
    @Test
    void everyViewHasTheColumnsThatItsDescriptionStates() throws SQLException {
        Migrations.of(database.dataSource()).migrate();

        assertThat(new SchemaPlan(MARTS, PublishedViews.of(MARTS, Models.toolViews()), shape()).drops())
                .isEmpty();
    }

    @Test
    void secondRunChangesNothing() throws SQLException {
        migrate(7, MARTS);
        ExistingSchema once = shape();
        migrate(7, MARTS);

        assertThat(shape()).isEqualTo(once);
        assertThat(database.query("select position from ops.models")).containsExactly("7");
    }

    /** Anyone who owns the database may keep something of his own in it. */
    @Test
    void tableOfTheOwnersIsNoObstacleWhileNothingChanges() throws SQLException {
        migrate(7, MARTS);
        database.execute("create table mart_rows.mine (n integer)");

        migrate(7, MARTS);

        assertThat(database.query("select count(*) from mart_rows.mine")).containsExactly("0");
    }

    @Test
    void newColumnStandsInEveryViewAtItsPlaceAndRightsStay() throws SQLException {
        migrate(MARTS);
        List<ExistingSchema.Grant> before = List.copyOf(shape().grants().get("bi.dim_slice"));

        migrate(withNewColumn());

        for (String view :
                List.of("mart.dim_slice", "mart_releases.dim_slice", "bi.dim_slice", "bi_releases.dim_slice")) {
            assertThat(shape().columns().get(view))
                    .as(view)
                    .extracting(ExistingSchema.Column::name)
                    .containsExactly(
                            "force", "shade", "queue", "slice", "slice_value", "is_total", "item_count", "release_id");
            assertThat(shape().comments()).containsEntry(view + ".shade", "The force's \"own\" count.");
        }
        assertThat(shape().comments())
                .containsEntry(
                        "bi.dim_slice",
                        MARTS.stream()
                                .filter(m -> m.name().equals("dim_slice"))
                                .findFirst()
                                .orElseThrow()
                                .description());
        assertThat(database.query("select slice_value, shade, item_count from bi.dim_slice"))
                .containsExactly("phone | null | 7");
        assertThat(shape().grants().get("bi.dim_slice")).containsExactlyInAnyOrderElementsOf(before);
        assertThat(database.as(reader, "test").query("select item_count from bi.dim_slice"))
                .containsExactly("7");
    }

    @Test
    void textMayBecomeLongerButNotShorter() throws SQLException {
        migrate(MARTS);
        UnaryOperator<List<Model.Column>> longer = columns -> {
            columns.replaceAll(column ->
                    column.name().equals("slice_value") ? column("slice_value", ColumnType.TEXT, 5_000) : column);
            return columns;
        };

        migrate(with("dim_slice", longer));

        assertThat(shape().columns().get("bi.dim_slice"))
                .contains(new ExistingSchema.Column("slice_value", "character varying", 5_000, true));
        assertThat(database.query("select slice_value from bi.dim_slice")).containsExactly("phone");
        assertRefused(
                MARTS,
                "mart_rows.dim_slice.slice_value is character varying(5000), but character varying(400) in "
                        + "mart/dim_slice.yml; change it in a versioned migration, so that no value is lost");
    }

    @Test
    void newMartGetsItsTableItsViewsAndItsReaders() throws SQLException {
        migrate(MARTS);
        Model mart = new Model(
                "mart.shelf",
                "stores",
                "One \"shelf\"; it's new.",
                Model.Access.RESTRICTED,
                "",
                "",
                List.of("place"),
                List.of(column("place", ColumnType.TEXT, 10), column("release_id", ColumnType.TEXT, 40)),
                List.of(),
                "");

        migrate(Stream.concat(MARTS.stream(), Stream.of(mart)).toList());

        assertThat(shape().keys()).containsEntry("mart_rows.shelf", List.of("release_id", "place"));
        assertThat(shape().comments()).containsEntry("mart.shelf", "One \"shelf\"; it's new.");
        assertThat(shape().columns())
                .containsKeys("mart.shelf", "mart_releases.shelf")
                .doesNotContainKey("bi.shelf");
        assertThat(shape().grants().get("mart.shelf"))
                .contains(new ExistingSchema.Grant("fpw_analyst", "SELECT"))
                .doesNotContain(new ExistingSchema.Grant("fpw_bi", "SELECT"));
    }

    @Test
    void otherPeoplesViewsAreNamedBeforeAnythingChanges() throws SQLException {
        migrate(MARTS);
        database.execute("create view public.mine as select slice_value, item_count from bi.dim_slice");
        ExistingSchema before = shape();

        assertRefused(
                withNewColumn(),
                "the view public.mine, which does not belong to the warehouse, reads bi.dim_slice, which changes; save "
                        + "its definition, drop it, run again and create it again");

        assertThat(shape()).isEqualTo(before);
        database.execute("drop view public.mine");
        migrate(withNewColumn());
    }

    @Test
    void whatWouldTakeAwayIsRefused() throws SQLException {
        migrate(MARTS);
        ExistingSchema before = shape();
        assertRefused(
                with("dim_slice", columns -> {
                    columns.removeIf(column -> column.name().equals("item_count"));
                    return columns;
                }),
                "mart_rows.dim_slice has a column item_count, which mart/dim_slice.yml has not; restore "
                        + "it, or drop it and the views that read it in a versioned migration: alter table if "
                        + "exists mart_rows.dim_slice drop column if exists item_count");
        assertRefused(
                with("dim_slice", columns -> {
                    columns.replaceAll(column ->
                            column.name().equals("item_count") ? column("item_count", ColumnType.DOUBLE, 0) : column);
                    return columns;
                }),
                "mart_rows.dim_slice.item_count is bigint, but double precision in mart/dim_slice.yml; change "
                        + "it in a versioned migration, so that no value is lost");
        assertRefused(
                MARTS.stream().filter(mart -> !mart.name().equals("dim_slice")).toList(),
                "there is a table mart_rows.dim_slice, but there is no model for it; a versioned "
                        + "migration must drop it and its views: drop table if exists mart_rows.dim_slice");
        assertThat(shape()).isEqualTo(before);
    }

    @Test
    void versionedMigrationThatDropsAColumnMakesRoom() throws SQLException {
        migrate(MARTS);
        for (String view :
                List.of("bi_releases.dim_slice", "bi.dim_slice", "mart_releases.dim_slice", "mart.dim_slice")) {
            database.execute("drop view if exists " + view);
        }
        database.execute("alter table if exists mart_rows.dim_slice drop column if exists item_count");

        migrate(with("dim_slice", columns -> {
            columns.removeIf(column -> column.name().equals("item_count"));
            return columns;
        }));

        assertThat(database.query("select slice_value from bi.dim_slice")).containsExactly("phone");
    }

    @Test
    void olderVersionLeavesADatabaseOfANewerOneAsItIs() throws SQLException {
        migrate(1, MARTS);
        migrate(2, withNewColumn());
        ExistingSchema newer = shape();

        migrate(1, MARTS);

        assertThat(shape()).isEqualTo(newer);
        assertThat(Migrations.of(database.dataSource(), 1, MARTS).isUpgrade()).isFalse();
        migrate(2, withNewColumn());
        assertThat(shape()).isEqualTo(newer);
        assertThat(database.query("select position from ops.models order by 1")).containsExactly("1", "2");
    }

    /** A later version may describe the tables as an earlier one did. */
    @Test
    void columnThatCameAndWentLeavesEveryView() throws SQLException {
        migrate(1, MARTS);
        ExistingSchema first = shape();
        migrate(2, withNewColumn());
        for (String view :
                List.of("bi_releases.dim_slice", "bi.dim_slice", "mart_releases.dim_slice", "mart.dim_slice")) {
            database.execute("drop view if exists " + view);
        }
        database.execute("alter table if exists mart_rows.dim_slice drop column if exists shade");

        migrate(3, MARTS);

        assertThat(shape().columns()).isEqualTo(first.columns());
        assertThat(database.query("select slice_value from bi.dim_slice")).containsExactly("phone");
    }

    @Test
    void rightThatWasTakenAwayIsNotGivenAgain() throws SQLException {
        migrate(MARTS);
        database.execute("revoke select on bi.dim_slice from fpw_bi");

        migrate(withNewColumn());

        assertThat(shape().grants().get("bi.dim_slice"))
                .contains(new ExistingSchema.Grant("fpw_analyst", "SELECT"))
                .doesNotContain(new ExistingSchema.Grant("fpw_bi", "SELECT"));
    }

    @Test
    void martThatBecomesRestrictedIsClosedToTools() throws SQLException {
        migrate(MARTS);
        assertThat(shape().columns()).containsKey("bi.dim_slice");

        migrate(MARTS.stream()
                .map(mart -> mart.name().equals("dim_slice")
                        ? new Model(
                                mart.table(),
                                mart.owner(),
                                mart.description(),
                                Model.Access.RESTRICTED,
                                mart.availableTo(),
                                mart.lastValue(),
                                mart.grain(),
                                mart.columns(),
                                mart.tests(),
                                mart.sql())
                        : mart)
                .toList());

        assertThat(shape().columns()).doesNotContainKeys("bi.dim_slice", "bi_releases.dim_slice");
        for (String view : List.of("mart.dim_slice", "mart_releases.dim_slice")) {
            assertThat(shape().grants().get(view))
                    .contains(new ExistingSchema.Grant("fpw_analyst", "SELECT"))
                    .doesNotContain(new ExistingSchema.Grant("fpw_bi", "SELECT"));
        }
    }

    private void assertRefused(List<Model> marts, String obstacle) {
        assertThatThrownBy(() -> migrate(marts))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage("the published tables could not be migrated, and were left unchanged: " + obstacle);
    }
}
