package uk.fpw.warehouse.store.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;
import uk.fpw.warehouse.failure.FpwException;

/** The views that an earlier version had in {@code bi}, in a database that this version upgrades. */
class OldViewNamesIT extends MartMigrationTesting {

    private static final Map<String, String> ROWS =
            Map.of("queue_daily", "is_total", "queue_daily_by_slice", "not is_total");

    private ExistingSchema before;

    /** Leaves the views as the earlier version made them; somebody has shut tools out of the slices. */
    @BeforeEach
    void makeTheNamesInBi() throws SQLException {
        ExistingSchema now = shape();
        assertThat(now.columns()).doesNotContainKeys("bi.queue_daily", "bi.queue_daily_by_slice");
        for (Map.Entry<String, String> view : ROWS.entrySet()) {
            String columns = now.columns().getOrDefault("bi_detail." + view.getKey(), List.of()).stream()
                    .map(column -> PortableSql.name(column.name()))
                    .collect(Collectors.joining(", "));
            database.execute("create view bi." + view.getKey() + " as select " + columns
                    + " from mart.queue_daily where " + view.getValue());
            database.execute("grant select on bi." + view.getKey() + " to fpw_analyst");
            if (database.isPostgres()) {
                database.execute("alter view bi." + view.getKey() + " owner to fpw_owner");
            }
            database.execute("drop view bi_detail." + view.getKey());
        }
        database.execute("grant select on bi.queue_daily to fpw_bi");
        database.execute("update \"fpw_models_history\" set \"checksum\" = 1 where \"checksum\" is not null");
        database.execute("insert into mart_rows.queue_daily (queue, slice, slice_value, is_total, \"day\", "
                + "waiting_count, release_id) values ('waiting', 'all', 'all', true, date '2015-12-01', 7, "
                + "'2015-12-01.1')");
        before = shape();
    }

    @Test
    void oldNamesStayWithTheirColumnsAndReadersAndAreMarked() throws SQLException {
        migrate(MARTS);

        ExistingSchema after = shape();
        for (String view : ROWS.keySet()) {
            String old = "bi." + view;
            assertThat(after.columns().get(old))
                    .as(old)
                    .isEqualTo(before.columns().get(old));
            assertThat(after.grants().get(old))
                    .as(old)
                    .isEqualTo(before.grants().get(old));
            assertThat(after.comments().get(old))
                    .startsWith("Old name, which the next version no longer has: use bi_detail." + view
                            + ", or one of the few views of bi that are not old. ");
            assertThat(readers(after, "bi_detail." + view)).as(view).isEqualTo(readers(before, old));
        }
        assertThat(readers(after, "bi_detail.queue_daily_by_slice")).containsExactly("fpw_analyst");
        assertThat(database.query("select waiting_count from bi.queue_daily")).containsExactly("7");
        assertThat(database.query("select waiting_count from bi_detail.queue_daily"))
                .containsExactly("7");
    }

    @Test
    void oldNamesGetNewColumnsTooAndKeepTheirReaders() throws SQLException {
        List<Model> withShade = with("queue_daily", columns -> {
            List<Model.Column> more = new ArrayList<>(columns);
            more.add(1, column("shade", ColumnType.TEXT, 20));
            return more;
        });

        migrate(withShade); // the upgrade itself brings the column
        assertThat(database.query("select shade, waiting_count from bi.queue_daily"))
                .containsExactly("null | 7");
        assertThat(shape().grants().get("bi.queue_daily"))
                .isEqualTo(before.grants().get("bi.queue_daily"));
        assertThat(readers(shape(), "bi_detail.queue_daily_by_slice")).containsExactly("fpw_analyst");
    }

    @Test
    void aViewThatReadAnOldNameIsMadeAgainWithIt() throws SQLException {
        String columns = before.columns().getOrDefault("bi.dim_slice", List.of()).stream()
                .map(column -> PortableSql.name(column.name()))
                .collect(Collectors.joining(", "));
        database.execute("create or replace view bi.dim_slice as select " + columns
                + " from mart.dim_slice where not exists (select 1 from bi.queue_daily where waiting_count < 0)");
        List<Model> withShade = with("queue_daily", columnsNow -> {
            columnsNow.add(1, column("shade", ColumnType.TEXT, 20));
            return columnsNow;
        });

        migrate(withShade);

        assertThat(shape().readersOf("bi.queue_daily")).isEmpty();
        assertThat(shape().grants().get("bi.dim_slice"))
                .isEqualTo(before.grants().get("bi.dim_slice"));
        assertThat(database.query("select slice_value from bi.dim_slice")).containsExactly("phone");
    }

    @Test
    void oldNamesAreDroppedOnceAndForAll() throws SQLException {
        OldViewNames names = names();
        assertThat(names.existing()).as("before the upgrade").isEmpty();
        assertThat(names.drop()).isEmpty();
        migrate(MARTS);
        database.execute("create view public.mine as select waiting_count from bi.queue_daily");

        assertThat(names.existing()).containsExactly("bi.queue_daily", "bi.queue_daily_by_slice");
        assertThatThrownBy(names::drop)
                .isInstanceOf(FpwException.class)
                .hasMessage("no old name was dropped, since other views read some: public.mine reads bi.queue_daily; "
                        + "create them again over bi or bi_detail, and try again");
        assertThat(names.existing()).hasSize(2);
        database.execute("drop view public.mine");

        assertThat(names.drop()).containsExactly("bi.queue_daily", "bi.queue_daily_by_slice");
        assertThat(names.existing()).isEmpty();
        migrate(withNewColumn());
        assertThat(shape().columns())
                .doesNotContainKeys("bi.queue_daily", "bi.queue_daily_by_slice")
                .containsKeys("bi_detail.queue_daily", "bi_detail.queue_daily_by_slice", "bi.dim_slice");
    }

    private OldViewNames names() {
        return new OldViewNames(database.dataSource(), PublishedViews.of(MARTS, List.of()));
    }

    private static List<String> readers(ExistingSchema shape, String view) {
        return shape.grants().getOrDefault(view, Set.of()).stream()
                .filter(grant -> grant.privilege().equals("SELECT"))
                .map(ExistingSchema.Grant::grantee)
                .filter(grantee -> grantee.startsWith("fpw_") && !grantee.equals("fpw_owner"))
                .sorted()
                .toList();
    }
}
