package uk.fpw.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.testing.TestDatabase;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MartRowsIT {

    private static final Model SLICES = model("mart.dim_slice");
    private static final Model MONTHLY = model("mart.queue_monthly");

    @TempDir
    static Path folder;

    private TestDatabase database;
    private Connection open;
    JdbcTemplate jdbc;
    private MartRows martRows;

    private static Model model(String table) {
        return Models.all().stream()
                .filter(model -> model.table().equals(table))
                .findFirst()
                .orElseThrow();
    }

    TestDatabase database() {
        return TestDatabase.embedded(folder);
    }

    /** Runs once, with a connection that stays open: an embedded database closes with its last connection. */
    @BeforeAll
    void migrate() throws SQLException {
        database = database().migrated();
        open = database.open();
        jdbc = new JdbcTemplate(database.dataSource());
        martRows = new MartRows(jdbc, () -> {});
    }

    @AfterEach
    void empty() {
        if (open != null) { // no Docker, nothing was opened
            for (String table : List.of(
                    "mart_rows.dim_slice",
                    "mart_rows.dim_date",
                    "mart_rows.queue_monthly",
                    "ops.current_release",
                    "ops.release")) {
                jdbc.update("delete from " + table);
            }
        }
    }

    @AfterAll
    void close() throws SQLException {
        if (open != null) {
            open.close();
        }
    }

    long replace(String releaseId, Map<String, Object> changes) {
        return martRows.replace(
                SLICES, ReleaseId.of(releaseId), CloseableIterable.withNoopClose(List.of(slice(changes))));
    }

    private static Record slice(Map<String, Object> changes) {
        Schema schema = ExampleCandidates.schema(SLICES);
        Record row = GenericRecord.create(schema);
        row.setField("force", "town");
        row.setField("queue", "open");
        row.setField("slice", "ward");
        row.setField("slice_value", "Ward 1");
        row.setField("is_total", false);
        row.setField("item_count", 3L);
        row.setField("release_id", "2016-01-12.1");
        changes.forEach((name, value) -> row.setField(name, value.equals("null") ? null : value));
        return row;
    }

    @Test
    void rowsOfAnEarlierAttemptAreReplaced() {
        assertThat(replace("2016-01-12.1", Map.of())).isEqualTo(1);
        assertThat(replace("2016-01-12.1", Map.of("item_count", 4L))).isEqualTo(1);

        assertThat(jdbc.queryForList("select item_count from mart_rows.dim_slice", Long.class))
                .containsExactly(4L);
    }

    @Test
    void textsArePublishedAsTheyAre() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "\\",
                "\\.",
                "\n\\.\n",
                "\\N",
                "\\n",
                "null",
                "NULL",
                "\"",
                "\"\"",
                "a\"b,c",
                "'; drop table mart_rows.dim_slice; --",
                "?",
                "$1",
                "tab\there",
                "line\nbreak",
                "carriage\rreturn",
                "both\r\n",
                "\u0001\u007f",
                "\u2028",
                "W\u00e4rd \ud83d\udc6e",
                "x".repeat(400)));
        IntStream.rangeClosed(1, 1000).mapToObj(i -> "Ward " + i).forEach(texts::add);
        List<Record> rows = texts.stream()
                .map(text -> {
                    Record row = slice(Map.of());
                    row.setField("slice_value", text);
                    return row;
                })
                .toList();

        assertThat(martRows.replace(SLICES, ReleaseId.of("2016-01-12.1"), CloseableIterable.withNoopClose(rows)))
                .isEqualTo(texts.size());
        assertThat(jdbc.queryForList("select slice_value from mart_rows.dim_slice", String.class))
                .containsExactlyInAnyOrderElementsOf(texts);
    }

    @Test
    void numbersDatesAndNullsArePublishedAsTheyAre() {
        Schema schema = ExampleCandidates.schema(MONTHLY);
        List<Double> doubles = List.of(
                0.1, 1 / 3.0, Double.MIN_VALUE, Double.MAX_VALUE, -1e-300, 1e21, Double.NaN, 123456789.12345679);
        List<Record> rows = IntStream.range(0, doubles.size())
                .mapToObj(i -> {
                    Record row = ExampleCandidates.row(MONTHLY, schema, "2016-01-12.1", LocalDate.of(2016, 1, 12), i);
                    row.setField("left_per_inflow", doubles.get(i));
                    row.setField("received_count", Long.MAX_VALUE - i);
                    return row;
                })
                .toList();
        martRows.replace(MONTHLY, ReleaseId.of("2016-01-12.1"), CloseableIterable.withNoopClose(rows));

        List<Map<String, Object>> published =
                jdbc.queryForList("select * from mart_rows.queue_monthly order by month_start_on desc");
        for (int i = 0; i < rows.size(); i++) {
            for (Model.Column column : MONTHLY.columns()) {
                Object expected = rows.get(i).getField(column.name());
                assertThat(published.get(i).get(column.name()))
                        .as(column.name())
                        .isEqualTo(expected instanceof LocalDate day ? Date.valueOf(day) : expected);
            }
        }
    }

    @Test
    void rowThatTheDatabaseRefusesFailsAndTheNextAttemptIsFree() {
        List<Record> twice = List.of(slice(Map.of()), slice(Map.of()));
        assertThatThrownBy(() ->
                        martRows.replace(SLICES, ReleaseId.of("2016-01-12.1"), CloseableIterable.withNoopClose(twice)))
                .isInstanceOf(DuplicateKeyException.class);

        assertThat(replace("2016-01-12.1", Map.of())).isEqualTo(1);
    }

    @Test
    void valueThatIsTooLongToPublishIsNamed() {
        assertThatThrownBy(() -> replace("2016-01-12.1", Map.of("slice_value", "x".repeat(401))))
                .isInstanceOfSatisfying(FpwException.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(ExitCode.BAD_DATA))
                .hasMessage("mart.dim_slice: column slice_value has a value of 401 characters, but at most 400 are "
                        + "allowed. Shorten it in"
                        + " the staging query or the queue definition where it comes from, "
                        + "then run again");
    }

    @Test
    void nullThatTheModelRulesOutIsNamed() {
        assertThatThrownBy(() -> replace("2016-01-12.1", Map.of("queue", "null")))
                .hasMessage("mart.dim_slice: column queue has a null, which its model does not allow");
    }

    /** A release that is published again from its snapshots may be older than a column. */
    @Test
    void rowsFromBeforeAColumnHaveNone() {
        Schema schema = new Schema(ExampleCandidates.schema(SLICES).columns().stream()
                .filter(field -> !field.name().equals("item_count"))
                .toList());
        Record row = GenericRecord.create(schema);
        row.setField("force", "town");
        row.setField("queue", "open");
        row.setField("slice", "ward");
        row.setField("slice_value", "Ward 1");
        row.setField("is_total", false);
        row.setField("release_id", "2016-01-12.1");

        assertThat(martRows.replace(
                        SLICES, ReleaseId.of("2016-01-12.1"), CloseableIterable.withNoopClose(List.of(row))))
                .isEqualTo(1);
        assertThat(jdbc.queryForList("select item_count from mart_rows.dim_slice where item_count is null"))
                .hasSize(1);
    }

    @Test
    void rowOfAnotherReleaseIsRefused() {
        assertThatThrownBy(() -> replace("2016-01-12.2", Map.of()))
                .hasMessage("mart.dim_slice: a row belongs to release 2016-01-12.1, not to 2016-01-12.2");
    }

    /** A dashboard sends many statements; each names the release. */
    @Test
    void viewsOverAllReleasesShowThoseThatCanBeChosen() throws Exception {
        for (String release : List.of("2016-01-11.1", "2016-01-12.1", "2016-01-12.2", "2016-01-13.1")) {
            replace(release, Map.of("release_id", release));
            String day = release.substring(0, 10);
            jdbc.update("insert into mart_rows.dim_date values (date '" + day
                    + "', 2016, date '2016-01-01', date '2016-01-01',"
                    + " date '2016-01-11', 2016, 2, '2015/16', 1, false, null, '" + release + "')");
        }
        release("2016-01-10.1", ""); // its rows were deleted
        release("2016-01-11.1", "");
        release("2016-01-12.1", "");
        release("2016-01-12.2", "2016-01-12 09:00:00+00"); // withdrawn; 2016-01-13.1 is a candidate yet
        jdbc.update("insert into ops.current_release (release_id) values ('2016-01-12.1')");

        assertThat(database.query(
                        "select release_id, business_date, is_current from bi_releases.release order by release_id"))
                .containsExactly("2016-01-11.1 | 2016-01-11 | false", "2016-01-12.1 | 2016-01-12 | true");
        for (String schema : List.of("bi_releases", "mart_releases")) {
            assertThat(database.query(
                            "select release_id, slice_value from " + schema + ".dim_slice order by release_id"))
                    .as(schema)
                    .containsExactly("2016-01-11.1 | Ward 1", "2016-01-12.1 | Ward 1");
        }
        assertThat(database.query("select release_id from mart.dim_slice")).containsExactly("2016-01-12.1");
    }

    private void release(String releaseId, String withdrawnAt) {
        jdbc.update(
                "insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                        + "force_digest, digest, withdrawn_at)"
                        + " values (?, ?, cast(? as date), current_timestamp, '1', '', '', cast(? as timestamp "
                        + "with time zone))",
                releaseId,
                releaseId,
                releaseId.substring(0, 10),
                withdrawnAt.isEmpty() ? null : withdrawnAt);
    }
}
