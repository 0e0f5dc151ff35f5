package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Models;

/** The command line of {@code fpw query}: where its SQL comes from, parameters, lists. */
class QueryCommandIT extends BostonWarehouse {

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
                fpw query: --param from_month=January: is not a date; use a form like 2015-12-31
                fpw query: --param queue: use the form NAME=VALUE, such as --param queue=awaiting_examination
                fpw query: --param queue is set twice; set it once
                fpw query: --param queue=a: the query has no parameter 'queue'; it has none
                fpw query: the query needs --param n=...: How many.
                fpw query: --param n=ten: is not a number; use a form like 28 or 0.5
                fpw query: --param is only allowed when a query is run
                """);
    }

    @Test
    void theCommandLineIsCheckedFirst() {
        assertThat(query("select 1", "--tables")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(query("select 1", "--format", "xml")).isEqualTo(2);
        assertThat(query("select 1", "--format", "parquet")).isEqualTo(2);
        assertThat(query("select 1", "--release", "2000-01-01.1")).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("""
                fpw query: more than one query given; give one of: 'SQL', -f FILE, --name QUERY, --list, --tables, \
                --describe TABLE, --definition TABLE. See --help
                fpw query: no query given; give one of: 'SQL', -f FILE, --name QUERY, --list, --tables, --describe \
                TABLE, --definition TABLE. See --help
                fpw query: Invalid value for option '--format': expected one of [TABLE, CSV, JSON, PARQUET] \
                (case-insensitive) but was 'xml'; see fpw query --help
                fpw query: --format parquet needs --output FILE: Parquet cannot be shown on the screen
                fpw query: there is no release '2000-01-01.1' in %s; releases: 2016-01-11.1, 2016-01-12.1
                """.formatted(warehouse));
    }

    /** Each ready-made query against empty tables of the models' columns: its names and types are right. */
    @Test
    @Tag("thorough")
    void everyReadyMadeQueryRunsAgainstTheModels() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        QueryTestWarehouse.release(
                models,
                "2016-01-12.1",
                "2016-01-12",
                String.join(
                        ",",
                        Models.all().stream()
                                .map(model -> emptyTable(model.table()))
                                .toList()));
        QueryTestWarehouse.point(models, "2016-01-12.1");

        for (ReadyQueries.ReadyQuery query : ReadyQueries.all()) {
            assertThat(run(
                            "--warehouse",
                            models.toString(),
                            "--name",
                            query.name(),
                            "--format",
                            "json",
                            "--reason",
                            "a test"))
                    .as(query.name() + ": " + err)
                    .isEqualTo(0);
            if (query.parameters().isEmpty()) {
                continue;
            }
            List<String> given = new ArrayList<>(List.of(
                    "--warehouse",
                    models.toString(),
                    "--name",
                    query.name(),
                    "--format",
                    "json",
                    "--reason",
                    "a test"));
            query.parameters()
                    .forEach(parameter -> given.add("--param=" + parameter.name()
                            + (parameter.type() == QueryParameters.Type.DATE
                                    ? "=2015-12-31"
                                    : "=awaiting_examination")));
            assertThat(run(given.toArray(String[]::new)))
                    .as(query.name() + ": " + err)
                    .isEqualTo(0);
        }
    }

    @Test
    void readyMadeQueriesAreListedAndShown() {
        assertThat(run("--list")).isEqualTo(0);
        assertThat(run("--name", "waiting_now", "--show")).isEqualTo(0);
        assertThat(out.toString()).contains("waiting_now  ").contains("-- Cannot say: ");
    }

    private static String emptyTable(String name) {
        return "{\"name\": \"" + name + "\", \"row_count\": 0, \"digest\": \"none\", \"files\": [], \"columns\": ["
                + String.join(
                        ", ",
                        Models.find(name).orElseThrow().columns().stream()
                                .map(column -> "{\"name\": \"" + column.name() + "\", \"type\": \""
                                        + column.type().word() + "\"}")
                                .toList())
                + "]}";
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
                .contains("waiting_count  bigint  items  last value only  no    Waiting at the end of "
                        + "the day, late or not.");
        assertThat(query("--describe", "mart.nosuch")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("fpw query: release 2016-01-12.1 has no table 'mart.nosuch';"
                        + " tables: mart.queue_daily, core.spell, core.irregularity\n");
    }

    @Test
    void sqlIsReadFromAFile() throws IOException {
        Path file = Files.writeString(
                folder.resolve("question.sql"), "-- how many?\nselect count(*) as n from core.spell\n");

        assertThat(query("--file", file.toString(), "--format", "csv", "--reason", "a test"))
                .isEqualTo(0);
        assertThat(out.toString()).isEqualTo("n\r\n1\r\n");
    }

    @Test
    void sqlIsReadFromTheStandardInput() {
        InputStream in = new ByteArrayInputStream("select 'é' as letter".getBytes(StandardCharsets.UTF_8));
        assertThat(QueryMain.run(
                        new QueryCommand(Map.of(), folder, in, Integer.MAX_VALUE),
                        new String[] {"--warehouse", warehouse.toString(), "-f", "-", "--format", "csv"},
                        new PrintWriter(out),
                        new PrintWriter(err)))
                .as(err.toString())
                .isEqualTo(0);
        assertThat(out.toString()).isEqualTo("letter\r\né\r\n");
    }
}
