package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The results of {@code fpw query} in each format, and its errors. */
class QueryIT extends BostonWarehouse {

    @Test
    void aTableForPeopleEndsWithTheReleaseItComesFrom() {
        assertThat(query("select * from mart.queue_daily order by day, waiting_count desc"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("""
            day         slice_value      waiting_count     share
            ----------  ---------------  -------------  --------
            2016-01-11  all                          5    (null)
            2016-01-12  all                          7     0.125
            2016-01-12  =HYPERLINK("x")              2  0.333333

            3 rows · %s
            """.formatted(LINE));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void csvKeepsTheScreenCleanAndNumbersWhole() {
        assertThat(query("select * from mart.queue_daily order by day, waiting_count desc", "--format", "csv"))
                .isEqualTo(0);

        assertThat(out.toString().lines())
                .containsExactly(
                        "day,slice_value,waiting_count,share",
                        "2016-01-11,all,5,",
                        "2016-01-12,all,7,0.125",
                        "2016-01-12,\"'=HYPERLINK(\"\"x\"\")\",2,0.3333333333333333");
        assertThat(err.toString()).isEqualTo("3 rows · " + LINE + "\n");
    }

    @Test
    void jsonShowsPointsInTimeInTheForcesZoneAndMapsAsObjects() {
        assertThat(query("select *, sum(1) over () as n from core.spell", "--format", "JSON", "--reason", "a test"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("""
            [
            {"spell_id":"s1","entered_at":"2015-06-30T23:30:00-04:00","slices":{"department":"PWDx"},"n":1}
            ]
            """);
        assertThat(err.toString()).isEqualTo("1 row · " + LINE + "\n");
    }

    @Test
    void daysOfPointsInTimeAreTheForcesDays() {
        assertThat(query("select entered_at::date as day from core.spell", "--format", "csv", "--reason", "a test"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("day\r\n2015-06-30\r\n");
    }

    @Test
    void aTableWithoutRowsHasItsColumns() {
        assertThat(query(
                        "select *, typeof(occurred_at) from core.irregularity",
                        "--format",
                        "csv",
                        "--reason",
                        "a test"))
                .isEqualTo(0);
        assertThat(query("describe core.irregularity", "--format", "csv", "--reason", "a test"))
                .isEqualTo(0);

        assertThat(out.toString())
                .startsWith("queue,occurred_at,event_order,slices,typeof(occurred_at)\r\ncolumn_name,column_type,")
                .contains("occurred_at,TIMESTAMP WITH TIME ZONE,")
                .contains("event_order,BIGINT,")
                .contains("slices,\"MAP(VARCHAR, VARCHAR)\",");
    }

    @Test
    void schemaOfATableNeedNotBeNamed() {
        assertThat(query("select count(*) as n from queue_daily", "--format", "csv"))
                .isEqualTo(0);
        assertThat(query("select count(*) as n from irregularity", "--format", "csv", "--reason", "a test"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("n\r\n3\r\nn\r\n0\r\n");
    }

    @Test
    void anOlderReleaseStillAnswers() {
        assertThat(query("select count(*) as n from mart.queue_daily", "--release", "2016-01-11.1", "--format", "csv"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("n\r\n1\r\n");
        assertThat(err.toString()).isEqualTo("1 row · release 2016-01-11.1, City of Boston, data as at 2016-01-11\n");
    }

    /** Each is stored once, by the release that found it. */
    @Test
    void changedFiguresThatEarlierReleasesFoundBelongToTheReleaseThatIsRead(@TempDir Path other)
            throws IOException, SQLException {
        List<String> files = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement()) {
            for (String release : List.of("2016-01-11.1", "2016-01-12.1")) {
                statement.execute("copy (select '" + release + "' as new_release_id, '" + release
                        + "' as release_id) to '" + other.resolve(release + ".parquet") + "' (format parquet)");
                files.add("\"" + release + ".parquet\"");
            }
        }
        QueryTestWarehouse.release(other, "2016-01-12.1", "2016-01-12", """
                {"name": "mart.figure_change", "description": "", "row_count": 2, "digest": "d", "columns": [
                  {"name": "new_release_id", "type": "text", "description": ""},
                  {"name": "release_id", "type": "text", "description": ""}], "files": %s}""".formatted(files));
        QueryTestWarehouse.point(other, "2016-01-12.1");

        assertThat(run("--warehouse", other.toString(), "from mart.figure_change order by all", "--format", "csv"))
                .isZero();

        assertThat(out.toString().lines())
                .containsExactly("new_release_id,release_id", "2016-01-11.1,2016-01-12.1", "2016-01-12.1,2016-01-12.1");
    }

    @Test
    void theForceFolderSaysWhereTheWarehouseIs() {
        int byOption = run("--force", folder.resolve("force").toString(), "select 1 as one", "--format", "csv");
        int byVariable = QueryMain.run(
                new String[] {"select 2 as two", "--format", "csv"},
                Map.of("FPW_FORCE", "force"),
                folder,
                new PrintWriter(out),
                new PrintWriter(err));

        assertThat(byOption).isEqualTo(0);
        assertThat(byVariable).isEqualTo(0);
        assertThat(out.toString()).isEqualTo("one\r\n1\r\ntwo\r\n2\r\n");
    }

    @Test
    void aWarehouseOfAnotherForceIsRefusedAndACopyIsSaidToBeOne() throws IOException {
        Path identity = warehouse.resolve("warehouse.json");
        String force = folder.resolve("force").toString();
        try {
            Files.writeString(identity, identityOf("kent", warehouse));
            assertThat(run("--force", force, "--tables")).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo("fpw query: " + folder.resolve("force/force.yml")
                            + ": belongs to force 'boston_311', but its warehouse " + warehouse
                            + " belongs to force 'kent'; correct storage.warehouse, or set "
                            + "the warehouse itself with --warehouse DIR\n");
            err.getBuffer().setLength(0);
            Files.writeString(identity, identityOf("boston_311", Path.of("/srv/boston")));
            assertThat(run("--force", force, "--tables")).isZero();
            assertThat(err.toString())
                    .isEqualTo("fpw query: this warehouse is a copy of /srv/boston, or was moved from "
                            + "there: its content may be out of date\n");
            err.getBuffer().setLength(0);
            Files.writeString(identity, identityOf("boston_311", warehouse));
            assertThat(run("--force", force, "--tables")).isZero();
            assertThat(err.toString()).isEmpty();
        } finally {
            Files.delete(identity);
        }
    }

    @Test
    void aFolderThatIsNotAForceFolderSaysHowToNameOne() {
        assertThat(run("select 1")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: " + folder + " (the current folder) is not a force folder: it has"
                        + " no force.yml; set one with --force DIR or the variable FPW_FORCE, or the "
                        + "warehouse itself with --warehouse DIR\n");
    }

    @Test
    void aWarehouseWithoutAReleaseIsNotThereYet() throws IOException {
        Path empty = Files.createDirectories(folder.resolve("empty"));

        assertThat(run("select 1", "--warehouse", empty.toString())).isEqualTo(4);
        assertThat(err.toString()).startsWith("fpw query: there is no release yet in " + empty);
    }

    @Test
    void rowsBeyondTheLimitAreSaidToBeThere() {
        assertThat(query("select * from range(5)", "--max-rows", "2")).isEqualTo(0);

        assertThat(out.toString()).endsWith("the first 2 rows, there are more (--max-rows 0 for all) · " + LINE + "\n");
    }

    @Test
    void parquetIsWrittenWholeByTheToolItself() throws SQLException {
        Path file = folder.resolve("it's.parquet");

        for (int round = 0; round < 2; round++) {
            assertThat(query(
                            "select waiting_count from mart.queue_daily order by waiting_count desc; -- done",
                            "--format",
                            "parquet",
                            "--output",
                            file.toString()))
                    .isEqualTo(0);
        }

        assertThat(err.toString()).isEqualTo(("3 rows · " + LINE + "\n").repeat(2));
        assertThat(out.toString()).isEmpty();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet rows = statement.executeQuery("select string_agg(waiting_count, ',') from read_parquet('"
                        + file.toString().replace("'", "''") + "')")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("7,5,2");
        }
    }

    @Test
    void anAnswerThatFailsLeavesTheOlderFileAlone() throws IOException {
        Path file = folder.resolve("kept.csv");
        Files.writeString(file, "older");

        for (String format : List.of("csv", "parquet")) {
            assertThat(query(
                            "select error('no') from mart.queue_daily",
                            "--format",
                            format,
                            "--output",
                            file.toString()))
                    .isEqualTo(2);
        }

        assertThat(file).hasContent("older");
    }

    @Test
    void whatIsWrongWithTheSqlIsShownWhereItIs() {
        assertThat(query("select day,\n    waiting from mart.queue_daily")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
            fpw query: the SQL cannot be run: Referenced column "waiting" not found in FROM clause!
            LINE 2:     waiting from mart.queue_daily
                        ^^^^^^^
            Perhaps: mart.queue_daily.waiting_count, mart.queue_daily.day, mart.queue_daily.share, \
            mart.queue_daily.slice_value. \
            All columns of a table: `fpw query --describe mart.queue_daily`
            """);
    }

    @Test
    void anUnknownTableNamesTheTablesNearestFirst() {
        assertThat(query("select * from mart.queue_dayly")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
            fpw query: the SQL cannot be run: Table with name queue_dayly does not exist!
            LINE 1: select * from mart.queue_dayly
                                  ^^^^^^^^^^^^^^^^
            Tables: mart.queue_daily, core.spell, core.irregularity.
            """);
    }

    /** It must not look like an empty table, and mart columns of the same name can still be queried. */
    @Test
    void anExpiredTableSaysWhyItCannotBeRead(@TempDir Path other) throws IOException {
        QueryTestWarehouse.release(other, "2016-01-12.1", "2016-01-12", """
            {"name": "core.spell", "description": "One stay.", "row_count": 7, "digest": "d", "expired": true,
             "columns": [{"name": "item_key", "type": "text"}], "files": ["data/core/spell/data/gone.parquet"]}""");
        QueryTestWarehouse.point(other, "2016-01-12.1");

        for (String sql : List.of("select count(*) from core.spell", "describe core.spell")) {
            err.getBuffer().setLength(0);
            assertThat(run("--warehouse", other.toString(), sql)).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo("fpw query: the SQL cannot be run: core.spell of release 2016-01-12.1 has expired: core "
                            + "tables are kept for 3 days, and with the latest three and the pinned releases. Its "
                            + "mart tables remain; --release selects another release\n");
        }
        assertThat(run("--warehouse", other.toString(), "select 1 as spell", "--format", "csv"))
                .isZero();
        out.getBuffer().setLength(0);
        assertThat(run("--warehouse", other.toString(), "--tables", "--format", "csv"))
                .isZero();
        assertThat(out.toString()).isEqualTo("table,rows,one_row_is\r\ncore.spell,7,(expired) One stay.\r\n");
    }

    @Test
    void tableFitsATerminalAndNowhereElseIsAnythingLeftOut() {
        String[] arguments = {
            "--warehouse",
            warehouse.toString(),
            "select 'a text of some length that is cut' as text, day, slice_value, waiting_count as "
                    + "waiting_count_at_day_end, share from mart.queue_daily where day = date '2016-01-11'"
        };

        assertThat(QueryMain.run(
                        new QueryCommand(Map.of(), folder, System.in, 50),
                        arguments,
                        new PrintWriter(out),
                        new PrintWriter(err)))
                .isEqualTo(0);
        assertThat(out.toString().lines())
                .containsExactly(
                        "                                  waiting_",
                        "                                    count_",
                        "                          slice_   at_day_",
                        "text          day         value        end   share",
                        "------------  ----------  ------  --------  ------",
                        "a text of s…  2016-01-11  all            5  (null)",
                        "",
                        "1 row · " + LINE,
                        "… marks texts that were cut; --format csv or json shows them whole");
        Path file = folder.resolve("whole.txt");
        arguments = Stream.concat(Stream.of(arguments), Stream.of("--output", file.toString()))
                .toArray(String[]::new);
        assertThat(QueryMain.run(
                        new QueryCommand(Map.of(), folder, System.in, 50),
                        arguments,
                        new PrintWriter(out),
                        new PrintWriter(err)))
                .isEqualTo(0);
        assertThat(file).content().contains("a text of some length that is cut  2016-01-11");
    }

    private static String identityOf(String force, Path path) {
        return """
            {"format": 1, "id": "6f3f8a3e-93c5-4b8f-8f0e-2c7f7b6a1d11", "force": "%s", "path": "%s", "data": "data",
             "created_at": "2016-01-01T10:00:00Z"}\
            """.formatted(force, path);
    }
}
