package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

/** The published tables of a database with rows, privileges and other users' views when the models change. */
class MartMigrationIT extends MartMigrationTesting {

    @Test
    @Tag(EVERY_MART)
    @Tag("thorough")
    void upgradeKeepsRowsRightsAndOtherViews() throws SQLException {
        database.execute("create view public.mine as select count(*) as day_count from bi.dim_date");

        Migrations.of(database.dataSource()).migrate();

        assertThat(database.query("select slice_value, item_count from bi.dim_slice"))
                .containsExactly("phone | 7");
        assertThat(database.query("select day_count from mine")).containsExactly("0");
        assertThat(database.as(reader, "test").query("select item_count from bi.dim_slice"))
                .containsExactly("7");
    }

    /** Except for the order of added columns, on which nobody relies. */
    @Test
    @Tag(EVERY_MART)
    @Tag("thorough")
    void emptyAndUpgradedDatabasesEndEqual() throws SQLException {
        Migrations.of(database.dataSource()).migrate();
        TestDatabase empty = empty().migrated();
        try {
            assertThat(catalog(shape())).isEqualTo(catalog(shape(empty)));
        } finally {
            empty.drop();
        }
    }

    @Test
    @Tag(EVERY_MART)
    @Tag("thorough")
    void databaseIsCurrentUntilOneOfItsMigrationsIsAnother() throws SQLException {
        assertThat(Migrations.isCurrent(database.dataSource())).isFalse();
        Migrations.of(database.dataSource()).migrate();
        assertThat(Migrations.isCurrent(database.dataSource())).isTrue();

        database.execute(
                "insert into ops.models (position, digest, made_at) values (9999, 'later', current_timestamp)");
        assertThat(Migrations.isCurrent(database.dataSource())).isFalse();
        database.execute("delete from ops.models where position = 9999");
        assertThat(Migrations.isCurrent(database.dataSource())).isTrue();

        database.execute("update \"fpw_models_history\" set \"success\" = false where \"checksum\" is not null");
        assertThat(Migrations.isCurrent(database.dataSource())).isFalse();
        database.execute("update \"fpw_models_history\" set \"success\" = true");
        database.execute("update \"flyway_schema_history\" set \"success\" = false where \"version\" = '0041'");
        assertThat(Migrations.isCurrent(database.dataSource())).isFalse();
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

    /** Otherwise every change of the models would recreate the view and reject dependent objects. */
    @Test
    @Tag(EVERY_MART)
    @Tag("thorough")
    void everyViewHasTheColumnsThatItsDescriptionStates() throws SQLException {
        Migrations.of(database.dataSource()).migrate();

        List<PublishedView> views = PublishedViews.of(Models.marts(), Models.toolViews());
        assertThat(new SchemaPlan(Models.marts(), views, shape()).drops()).isEmpty();
    }

    @Test
    void secondRunChangesNothing() throws SQLException {
        migrate(7, MARTS);
        ExistingSchema once = shape();
        migrate(7, MARTS);

        assertThat(shape()).isEqualTo(once);
        assertThat(database.query("select position from ops.models")).containsExactly("0");
    }

    /** The owner of the database may keep other tables in it. */
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
                            "force",
                            "shade",
                            "queue",
                            "slice",
                            "slice_value",
                            "is_total",
                            "item_count",
                            "refusal",
                            "release_id");
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
                "",
                Family.DEFINITION,
                false);

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
    void olderVersionLeavesADatabaseOfANewerOneAsItIs() throws SQLException {
        migrate(1, MARTS);
        migrate(2, withNewColumn());
        ExistingSchema newer = shape();

        migrate(1, MARTS);

        assertThat(shape()).isEqualTo(newer);
        assertThat(Migrations.of(database.dataSource(), 1, MARTS).isUpgrade()).isFalse();
        migrate(2, withNewColumn());
        assertThat(shape()).isEqualTo(newer);
        assertThat(database.query("select position from ops.models order by 1")).containsExactly("0", "2");
    }

    @Test
    @Tag("thorough")
    void databaseThatWasMadeInStepsGoesOnAfterThem() throws SQLException {
        TestDatabase steps = empty();
        try {
            madeInSteps(steps, "0041");
            Migrations.of(steps.dataSource()).migrate();

            assertThat(Migrations.isCurrent(steps.dataSource())).isTrue();
            assertThat(steps.query("select \"version\" from \"flyway_schema_history\" where \"version\" < '0043'"
                            + " order by 1"))
                    .containsExactly("0001", "0041");
        } finally {
            steps.drop();
        }
    }

    @Test
    @Tag("thorough")
    void databaseBeforeTheStepsThatAreKnownIsRefusedAndStaysAsItIs() throws SQLException {
        TestDatabase steps = empty();
        try {
            madeInSteps(steps, "0034.1");
            ExistingSchema before = shape(steps);

            assertThatThrownBy(() -> Migrations.of(steps.dataSource()).migrate())
                    .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                            .isEqualTo(ExitCode.CONFIGURATION))
                    .hasMessage("the database was last used by a version of fpw that this one cannot upgrade (it has "
                            + "migration 0034.1, and 0041 is needed); run a night with the version of commit "
                            + "2fe7b8c0e045 first, then this one");
            assertThat(shape(steps)).isEqualTo(before);
        } finally {
            steps.drop();
        }
    }

    /** A database with the tables of the baseline and the history of a version that created them step by step. */
    private static void madeInSteps(TestDatabase database, String latest) throws SQLException {
        Migrations.written(database.url())
                .dataSource(database.dataSource())
                .target("41")
                .load()
                .migrate();
        database.execute("update \"flyway_schema_history\" set \"version\" = '0001' where \"version\" = '0039'");
        database.execute("delete from \"flyway_schema_history\" where \"version\" = '0040'");
        database.execute(
                "update \"flyway_schema_history\" set \"version\" = '" + latest + "' where \"version\" = '0041'");
    }
}
