package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;

/**
 * What a change of the models may remove from a database with rows, privileges and other users' views, and what not.
 */
class MartRemovalIT extends MartMigrationTesting {

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

    /** A later version may describe tables as an earlier one did. */
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
                                mart.sql(),
                                mart.countedBy(),
                                mart.isHistory())
                        : mart)
                .toList());

        assertThat(shape().columns()).doesNotContainKeys("bi.dim_slice", "bi_releases.dim_slice");
        for (String view : List.of("mart.dim_slice", "mart_releases.dim_slice")) {
            assertThat(shape().grants().get(view))
                    .contains(new ExistingSchema.Grant("fpw_analyst", "SELECT"))
                    .doesNotContain(new ExistingSchema.Grant("fpw_bi", "SELECT"));
        }
    }
}
