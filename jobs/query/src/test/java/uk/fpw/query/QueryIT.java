package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.model.Models;

/** {@code fpw query} over a small warehouse whose Parquet files DuckDB itself writes. */
class QueryIT {

    private static final String LINE = "release 2016-01-12.1, City of Boston, data as at 2016-01-12";

    @TempDir
    private static Path folder;

    private static Path warehouse;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeTheWarehouse() throws IOException, SQLException {
        warehouse = Files.createDirectories(folder.toRealPath().resolve("it's a warehouse"));
        Files.createDirectories(warehouse.resolve("data"));
        Path older = warehouse.resolve("data/older.parquet");
        Path newer = warehouse.resolve("data/newer.parquet");
        Path spells = warehouse.resolve("data/month=9/spells.parquet");
        Files.createDirectories(spells.getParent());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            run(duck, "set TimeZone = 'UTC'");
            copy(duck, """
                    select date '2016-01-11' as day, 'all' as slice_value, 5::bigint as waiting_count, null::double as share
                    """, older);
            copy(duck, """
                    select date '2016-01-12' as day, 'all' as slice_value, 7::bigint as waiting_count, 0.125::double as share
                    union all
                    select date '2016-01-12', '=HYPERLINK("x")', 2::bigint, 1.0 / 3
                    """, newer);
            copy(duck, """
                    select 's1' as spell_id, timestamptz '2015-07-01 03:30:00+00' as entered_at,
                        map {'department': 'PWDx'} as slices
                    """, spells);
        }
        TestWarehouse.release(warehouse, "2016-01-11.1", "2016-01-11", table("mart.queue_daily", 1, older));
        TestWarehouse.release(
                warehouse, "2016-01-12.1", "2016-01-12", table("mart.queue_daily", 3, older, newer) + "," + """
                {"name": "core.spell", "description": "One stay.", "row_count": 1, "columns": [
                  {"name": "spell_id", "type": "text", "description": "Id."},
                  {"name": "entered_at", "type": "timestamp", "description": "Entry."},
                  {"name": "slices", "type": "map", "description": "Slices."}], "files": ["data/month=9/spells.parquet"]},
                {"name": "core.irregularity", "description": "None.", "row_count": 0, "columns": [
                  {"name": "queue", "type": "text", "description": "Queue."},
                  {"name": "occurred_at", "type": "timestamp", "description": "When."},
                  {"name": "event_order", "type": "bigint", "description": "Order."},
                  {"name": "slices", "type": "map", "description": "Slices."}], "files": []}
                """);
        TestWarehouse.point(warehouse, "2016-01-12.1");
        Path force = Files.createDirectories(folder.resolve("force"));
        Files.writeString(
                force.resolve("force.yml"),
                "force: boston_311\nname: City of Boston\nstorage: {warehouse: \"../it's a warehouse\"}\n");
    }

    private static String table(String name, int rows, Path... files) {
        return """
                {"name": "%s", "description": "One day of a queue.", "row_count": %d, "columns": [
                  {"name": "day", "type": "date", "description": "The day."},
                  {"name": "slice_value", "type": "text", "description": "Value."},
                  {"name": "waiting_count", "type": "bigint", "description": "Waiting."},
                  {"name": "share", "type": "double", "description": "Share."}], "files": [%s]}
                """.formatted(
                        name,
                        rows,
                        String.join(
                                ", ",
                                Stream.of(files)
                                        .map(file -> "\"data/" + file.getFileName() + "\"")
                                        .toList()));
    }

    private static void copy(Connection duck, String sql, Path file) throws SQLException {
        run(duck, "copy (" + sql + ") to '" + file.toString().replace("'", "''") + "' (format parquet)");
    }

    private static void run(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    @BeforeEach
    void nothingIsLeftBeside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

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
        assertThat(query("select *, sum(1) over () as n from core.spell", "--format", "JSON"))
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
        assertThat(query("select entered_at::date as day from core.spell", "--format", "csv"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("day\r\n2015-06-30\r\n");
    }

    @Test
    void aTableWithoutRowsHasItsColumns() {
        assertThat(query("select *, typeof(occurred_at) from core.irregularity", "--format", "csv"))
                .isEqualTo(0);
        assertThat(query("describe core.irregularity", "--format", "csv")).isEqualTo(0);

        assertThat(out.toString())
                .startsWith("queue,occurred_at,event_order,slices,typeof(occurred_at)\r\ncolumn_name,column_type,")
                .contains("occurred_at,TIMESTAMP WITH TIME ZONE,")
                .contains("event_order,BIGINT,")
                .contains("slices,\"MAP(VARCHAR, VARCHAR)\",");
    }

    @Test
    void anOlderReleaseStillAnswers() {
        assertThat(query("select count(*) as n from mart.queue_daily", "--release", "2016-01-11.1", "--format", "csv"))
                .isEqualTo(0);

        assertThat(out.toString()).isEqualTo("n\r\n1\r\n");
        assertThat(err.toString()).isEqualTo("1 row · release 2016-01-11.1, City of Boston, data as at 2016-01-11\n");
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
            Files.writeString(identity, "{\"force\": \"kent\", \"path\": \"" + warehouse + "\"}");
            assertThat(run("--force", force, "--tables")).isEqualTo(2);
            assertThat(err.toString())
                    .isEqualTo(
                            "fpw query: " + folder.resolve("force/force.yml")
                                    + ": is that of force 'boston_311', but its warehouse " + warehouse
                                    + " is that of force 'kent'; correct storage.warehouse, or name the warehouse itself with --warehouse DIR\n");
            err.getBuffer().setLength(0);
            Files.writeString(identity, "{\"force\": \"boston_311\", \"path\": \"/srv/boston\"}");
            assertThat(run("--force", force, "--tables")).isZero();
            assertThat(err.toString())
                    .isEqualTo(
                            "fpw query: this warehouse is a copy of /srv/boston, or was moved from there: what it shows may be out of date\n");
            err.getBuffer().setLength(0);
            Files.writeString(identity, "{\"force\": \"boston_311\", \"path\": \"" + warehouse + "\"}");
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
                .isEqualTo(
                        "fpw query: " + folder + " (the current folder) is not a force folder: it has no force.yml;"
                                + " name one with --force DIR or the variable FPW_FORCE, or the warehouse itself with --warehouse DIR\n");
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
    void theAnswerIsNotWrittenIntoTheWarehouse() {
        assertThat(query("select 1", "--output", warehouse.resolve("x.csv").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("lies in the warehouse folder, which only the nightly load writes");
    }

    @Test
    void whatIsWrongWithTheSqlIsShownWhereItIs() {
        assertThat(query("select day,\n    waiting from mart.queue_daily")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
                fpw query: the SQL cannot be run: Referenced column "waiting" not found in FROM clause!
                LINE 2:     waiting from mart.queue_daily
                            ^^^^^^^
                Perhaps: mart.queue_daily.waiting_count, mart.queue_daily.day, mart.queue_daily.share, mart.queue_daily.slice_value.\
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

    @Test
    void onlyOneStatementThatReadsIsTaken() {
        for (String sql : List.of(
                "attach '/tmp/x.db'",
                "install httpfs",
                "load httpfs",
                "copy (select 1) to '/tmp/x.csv'",
                "set threads = 8",
                "pragma database_list",
                "create table t as select 1",
                "drop view mart.queue_daily",
                "select 1; select 2",
                "select 1) ; drop view mart.queue_daily; --",
                "')); drop view mart.queue_daily; --",
                "")) {
            err.getBuffer().setLength(0);
            assertThat(query(sql)).as(sql).isEqualTo(2);
            assertThat(err.toString()).as(sql).startsWith("fpw query: ");
        }
        assertThat(query("install httpfs")).isEqualTo(2);
        assertThat(err.toString())
                .endsWith("fpw query: only one statement that reads can be run: SELECT, WITH, FROM, VALUES, DESCRIBE,"
                        + " SUMMARIZE or SHOW TABLES. Nothing can be written, attached, installed or set;"
                        + " --output FILE writes the answer to a file\n");
    }

    @Test
    void aQueryReadsTheReleaseAndNothingElse() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "a\n1\n");
        String older = warehouse.resolve("releases/current").toString().replace("'", "''");
        for (String source : List.of(
                "read_csv('/etc/passwd')",
                "read_text('/etc/passwd')",
                "read_blob('/proc/self/environ')",
                "read_csv('" + secret + "')",
                "read_text('" + older + "')",
                "read_parquet('https://example.org/x.parquet')",
                "glob('/etc/*')")) {
            err.getBuffer().setLength(0);
            assertThat(query("select * from " + source)).as(source).isEqualTo(2);
            assertThat(err.toString()).as(source).startsWith("fpw query: ");
        }
        err.getBuffer().setLength(0);
        assertThat(query("select * from read_text('/etc/passwd')")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "fpw query: the query may read the release's tables and nothing else: Cannot access file"
                                + " \"/etc/passwd\" - file system operations are disabled by configuration. See `fpw query --tables`\n");
    }

    @Test
    void behindTheFirstWallStandsTheSecond() {
        Release release = new Releases(warehouse).read(null);
        Path output = folder.resolve("allowed.parquet");
        try (QuerySession session = QuerySession.open(release, output)) {
            for (String statement : List.of(
                    "select * from read_text('/etc/passwd')",
                    "copy (select 1) to '" + folder.resolve("stolen.csv") + "'",
                    "attach '" + folder.resolve("stolen.db") + "'",
                    "install httpfs",
                    "load httpfs",
                    "export database '" + folder.resolve("stolen") + "'",
                    "set enable_external_access = true",
                    "set allowed_paths = ['/etc/passwd']",
                    "reset allowed_paths",
                    "set lock_configuration = false",
                    "set temp_directory = '/tmp'")) {
                assertThatThrownBy(() -> session.execute(statement))
                        .as(statement)
                        .isInstanceOf(SQLException.class)
                        .hasMessageMatching("(?s).*(disabled|locked|not enabled|prohibited).*");
            }
        }
        assertThat(folder.resolve("stolen.csv")).doesNotExist();
        assertThat(folder.resolve("stolen.db")).doesNotExist();
    }

    @Test
    void aReleaseWhoseFilesAreGoneIsUnavailable() throws IOException {
        TestWarehouse.release(
                warehouse,
                "2016-01-10.1",
                "2016-01-10",
                table("mart.queue_daily", 1, warehouse.resolve("data/expired.parquet")));
        try {
            assertThat(query("select 1", "--release", "2016-01-10.1")).isEqualTo(4);
            assertThat(err.toString())
                    .startsWith("fpw query: release 2016-01-10.1 cannot be opened: ")
                    .contains("expired.parquet")
                    .endsWith("its files may have been removed: choose another release, or run `fpw nightly` again\n");
        } finally {
            Files.delete(warehouse.resolve("releases/2016-01-10.1/release.json"));
        }
    }

    @Test
    void tablesAndColumnsAreListed() {
        assertThat(query("--tables")).isEqualTo(0);
        assertThat(query("--describe", "queue_daily")).isEqualTo(0);

        assertThat(out.toString())
                .startsWith("""
                        table              rows  one_row_is
                        -----------------  ----  -------------------
                        mart.queue_daily      3  One day of a queue.
                        core.spell            1  One stay.
                        core.irregularity     0  None.

                        3 rows · %s
                        """.formatted(LINE))
                .contains(
                        "waiting_count  bigint  items  last value only  no    Waiting when the day ended, late or not.");
        assertThat(query("--describe", "mart.nosuch")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: release 2016-01-12.1 has no table 'mart.nosuch';"
                        + " tables: mart.queue_daily, core.spell, core.irregularity\n");
    }

    @Test
    void sqlIsReadFromAFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("question.sql"), "-- how many?\nselect count(*) as n from core.spell\n");

        assertThat(query("--file", file.toString(), "--format", "csv")).isEqualTo(0);
        assertThat(out.toString()).isEqualTo("n\r\n1\r\n");
    }

    @Test
    void sqlIsReadFromTheStandardInput() {
        assertThat(QueryMain.run(
                        new String[] {"--warehouse", warehouse.toString(), "-f", "-", "--format", "csv"},
                        Map.of(),
                        folder,
                        new ByteArrayInputStream("select 'é' as letter".getBytes(StandardCharsets.UTF_8)),
                        Integer.MAX_VALUE,
                        new PrintWriter(out),
                        new PrintWriter(err)))
                .as(err.toString())
                .isEqualTo(0);
        assertThat(out.toString()).isEqualTo("letter\r\né\r\n");
    }

    @Test
    void parametersAreBoundAndNeverPasted() throws IOException {
        Path file = Files.writeString(folder.resolve("parameters.sql"), """
                -- How many wait on one day?
                -- Parameter: slice_value, text, required. The value of the slice.
                -- Parameter: from_day, date. From this day on; every day unless given.
                -- Parameter: least, number. At least so many.
                select day, waiting_count::integer as n, ':least' as text
                from mart.queue_daily
                where
                    slice_value = :slice_value -- not :from_day
                    and (:from_day is null or day >= :from_day)
                    and waiting_count >= coalesce(:least, 0)
                order by day
                """);
        String[] csv = {"--format", "csv", "-f", file.toString()};

        assertThat(query(csv, "--param", "slice_value=all")).isEqualTo(0);
        assertThat(query(csv, "-p", "slice_value=all", "-p", "from_day=2016-01-12", "-p", "least=7"))
                .isEqualTo(0);
        assertThat(query(csv, "--param", "slice_value=' or true or '")).isEqualTo(0);
        assertThat(query(csv, "--param", "slice_value==HYPERLINK(\"x\")")).isEqualTo(0);
        assertThat(out.toString().lines())
                .containsExactly(
                        "day,n,text",
                        "2016-01-11,5,:least",
                        "2016-01-12,7,:least",
                        "day,n,text",
                        "2016-01-12,7,:least",
                        "day,n,text",
                        "day,n,text",
                        "2016-01-12,2,:least");
        Path parquet = folder.resolve("parameters.parquet");
        assertThat(query(
                        "-f",
                        file.toString(),
                        "-p",
                        "slice_value=all",
                        "--format",
                        "parquet",
                        "--output",
                        parquet.toString()))
                .isEqualTo(0);
        assertThat(parquet).isNotEmptyFile();
    }

    @Test
    void parametersThatDoNotFitAreRefusedWithThoseThereAre() {
        assertThat(query("--name", "flows_by_month", "--param", "queu=x")).isEqualTo(2);
        assertThat(query("--name", "flows_by_month", "--param", "from_month=January"))
                .isEqualTo(2);
        assertThat(query("--name", "flows_by_month", "--param", "queue")).isEqualTo(2);
        assertThat(query("--name", "flows_by_month", "--param", "queue=a", "--param", "queue=b"))
                .isEqualTo(2);
        assertThat(query("--name", "published_facts", "--param", "queue=a")).isEqualTo(2);
        assertThat(query("select :n\n-- Parameter: n, number, required. How many."))
                .isEqualTo(2);
        assertThat(query("select :n\n-- Parameter: n, number, required. How many.", "--param", "n=ten"))
                .isEqualTo(2);
        assertThat(query("--list", "--param", "queue=a")).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("""
                fpw query: --param queu=x: the query has no parameter 'queu'; it has queue (text), from_month (date)
                fpw query: --param from_month=January: is not a date; write it like 2015-12-31
                fpw query: --param queue: write it as NAME=VALUE, such as --param queue=awaiting_examination
                fpw query: --param queue is given twice; give it once
                fpw query: --param queue=a: the query has no parameter 'queue'; it has none
                fpw query: the query needs --param n=...: How many.
                fpw query: --param n=ten: is not a number; write it like 28 or 0.5
                fpw query: --param goes with a query that is run
                """);
    }

    @Test
    void tableFitsATerminalAndNowhereElseIsAnythingLeftOut() {
        String[] arguments = {
            "--warehouse",
            warehouse.toString(),
            "select 'a text of some length that is cut' as text, day, slice_value, waiting_count as waiting_count_at_day_end, share from mart.queue_daily where day = date '2016-01-11'"
        };

        assertThat(QueryMain.run(
                        arguments, Map.of(), folder, System.in, 50, new PrintWriter(out), new PrintWriter(err)))
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
                        arguments, Map.of(), folder, System.in, 50, new PrintWriter(out), new PrintWriter(err)))
                .isEqualTo(0);
        assertThat(file).content().contains("a text of some length that is cut  2016-01-11");
    }

    @Test
    void theCommandLineIsCheckedFirst() {
        assertThat(query("select 1", "--tables")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(query("select 1", "--format", "xml")).isEqualTo(2);
        assertThat(query("select 1", "--format", "parquet")).isEqualTo(2);
        assertThat(query("select 1", "--release", "2000-01-01.1")).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("""
                fpw query: more than one thing is asked; give one of: 'SQL', -f FILE, --name QUERY, --list, --tables, --describe TABLE, --definition TABLE. See --help
                fpw query: nothing is asked; give one of: 'SQL', -f FILE, --name QUERY, --list, --tables, --describe TABLE, --definition TABLE. See --help
                fpw query: Invalid value for option '--format': expected one of [TABLE, CSV, JSON, PARQUET] (case-insensitive) but was 'xml'; see fpw query --help
                fpw query: --format parquet needs --output FILE: Parquet is not for screens
                fpw query: there is no release '2000-01-01.1' in %s; releases: 2016-01-11.1, 2016-01-12.1
                """.formatted(warehouse));
    }

    /** Each ready-made query against empty tables of the models' columns: its names and types are right. */
    @Test
    void everyReadyMadeQueryRunsAgainstTheModels() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        TestWarehouse.release(
                models,
                "2016-01-12.1",
                "2016-01-12",
                String.join(
                        ",",
                        Stream.of(
                                        "mart.dim_queue",
                                        "mart.dim_standard",
                                        "mart.queue_daily",
                                        "mart.queue_weekly",
                                        "mart.queue_monthly",
                                        "mart.queue_exit",
                                        "mart.open_age",
                                        "mart.wait_curve",
                                        "mart.wait_summary",
                                        "mart.wait_standard",
                                        "mart.case_milestone_open",
                                        "mart.grading_share",
                                        "mart.grading_agreement",
                                        "mart.published_fact",
                                        "core.exclusion",
                                        "core.irregularity",
                                        "core.spell")
                                .map(QueryIT::emptyTable)
                                .toList()));
        TestWarehouse.point(models, "2016-01-12.1");

        for (ReadyQueries.ReadyQuery query : ReadyQueries.all()) {
            assertThat(run("--warehouse", models.toString(), "--name", query.name(), "--format", "json"))
                    .as(query.name() + ": " + err)
                    .isEqualTo(0);
            List<String> given = new ArrayList<>(
                    List.of("--warehouse", models.toString(), "--name", query.name(), "--format", "json"));
            query.parameters()
                    .forEach(parameter -> given.add("--param=" + parameter.name()
                            + (parameter.type() == QueryParameters.Type.DATE
                                    ? "=2015-12-31"
                                    : "=awaiting_examination")));
            assertThat(run(given.toArray(String[]::new)))
                    .as(query.name() + ": " + err)
                    .isEqualTo(0);
        }
        assertThat(run("--list")).isEqualTo(0);
        assertThat(run("--name", "waiting_now", "--show")).isEqualTo(0);
        assertThat(out.toString()).contains("waiting_now  ").contains("-- Cannot say: ");
    }

    private static String emptyTable(String name) {
        return "{\"name\": \"" + name + "\", \"files\": [], \"columns\": ["
                + String.join(
                        ", ",
                        Models.find(name).orElseThrow().columns().stream()
                                .map(column -> "{\"name\": \"" + column.name() + "\", \"type\": \""
                                        + column.type().word() + "\"}")
                                .toList())
                + "]}";
    }

    private int query(String[] first, String... further) {
        return query(Stream.concat(Stream.of(first), Stream.of(further)).toArray(String[]::new));
    }

    private int query(String... arguments) {
        return run(Stream.concat(Stream.of("--warehouse", warehouse.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return QueryMain.run(arguments, Map.of(), folder, new PrintWriter(out), new PrintWriter(err));
    }
}
