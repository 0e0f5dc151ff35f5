package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.query.shell.ShellMain;

/** {@code fpw shell} without a terminal: a script from the standard input. */
class ShellScriptIT extends BostonWarehouse {

    @Test
    void scriptIsAnsweredStatementByStatement() {
        assertThat(shell("""
                -- two on one line, one over three
                select 1 as one; select 'a;b' as text;
                select waiting_count
                from mart.queue_daily -- the last;
                where waiting_count = 7;
                .format csv
                select 'é' as letter""")).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualTo("""
                one
                ---
                  1

                1 row · %1$s
                text
                ----
                a;b

                1 row · %1$s
                waiting_count
                -------------
                            7

                1 row · %1$s
                letter\r
                é\r
                """.formatted(LINE));
        assertThat(err.toString()).isEqualTo("1 row · " + LINE + "\n");
    }

    @Test
    void firstStatementThatFailsEndsTheScript() {
        assertThat(shell("select 1 as one; select nope; select 3 as three;")).isEqualTo(2);
        assertThat(out.toString()).contains("one").doesNotContain("three");
        assertThat(err.toString()).startsWith("fpw shell: the SQL cannot be run: Referenced column \"nope\"");

        err.getBuffer().setLength(0);
        assertThat(shell(".describe")).isEqualTo(2);
        assertThat(shell(".tabels")).isEqualTo(2);
        assertThat(shell("copy (select 1) to '/tmp/x.csv';")).isEqualTo(2);
        assertThat(err.toString()).startsWith("""
                        fpw shell: use the form .describe TABLE
                        fpw shell: there is no command '.tabels'; there are .help, .tables, .describe, .definition, \
                        .list, .show, .run, .format, .reason, .maxrows, .quit
                        fpw shell: only a single read-only statement can be run:""");
    }

    @Test
    void dotCommandsShowWhatThereIs() {
        assertThat(shell("""
                .tables
                .describe queue_daily
                .show waiting_now
                .maxrows 2
                select * from range(3);

                -- a blank line or a remark may come before a dot command
                .help
                .quit
                select 'not reached';""")).as(err.toString()).isZero();

        assertThat(out.toString())
                .contains("mart.queue_daily      3  One day of a queue.")
                .contains("Waiting at the end of the day, late or not.")
                .contains("-- Cannot say: ")
                .contains("the first 2 rows, there are more (.maxrows 0 for all) · " + LINE)
                .contains("  .run QUERY [NAME=VALUE ...]   a ready-made query, with its parameters\n")
                .doesNotContain("not reached");
    }

    @Test
    void textThatGoesOnInTheNextLineKeepsItsBlanks() {
        assertThat(shell("select 1 as one; select 'a  \n  b' as text;", "--format", "json"))
                .as(err.toString())
                .isZero();

        assertThat(out.toString()).endsWith("{\"text\":\"a  \\n  b\"}\n]\n");
    }

    @Test
    void argumentWithBlanksStandsInQuotes() {
        assertThat(shell(".run waiting_now which='in examination';")).isEqualTo(2);
        assertThat(shell(".run waiting_now \"which=the inspector's\"")).isEqualTo(2);
        assertThat(shell(".run waiting_now queue=the inspector's")).isEqualTo(2);

        assertThat(err.toString()).isEqualTo("""
                fpw shell: --param which=in examination: the query has no parameter 'which'; it has queue (text)
                fpw shell: --param which=the inspector's: the query has no parameter 'which'; it has queue (text)
                fpw shell: a quote does not end: 's; end it, or put " around a word that contains '
                """);
    }

    @Test
    void tableHasAnEnd() {
        assertThat(shell(".maxrows 0\nselect * from range(100001) as r (n);")).isZero();

        assertThat(out.toString())
                .endsWith("the first 100,000 rows, there are more (`fpw query` with --output FILE writes them all) · "
                        + LINE + "\n");
    }

    @Test
    void scriptThatIsNotUtf8IsRefused() {
        assertThat(shell("select 'é' as letter;".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("fpw shell: the standard input is not UTF-8 text\n");
    }

    @Test
    void emptyScriptAsksNothing() {
        assertThat(shell("\n-- nothing\n;\n")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void commandLineIsChecked() {
        assertThat(shell("", "--format", "parquet")).isEqualTo(2);
        assertThat(shell("", "--release", "2000-01-01.1")).isEqualTo(2);
        assertThat(shell("", "select 1")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("""
                fpw shell: --format parquet is only supported by fpw query with --output FILE
                fpw shell: there is no release '2000-01-01.1' in %s; releases: 2016-01-11.1, 2016-01-12.1
                fpw shell: Unmatched argument at index 2: 'select 1'; see fpw shell --help
                """.formatted(warehouse));
    }

    @Test
    @Tag("thorough")
    void lineEditorIsLoadedByNothingElse() throws Exception {
        for (List<String> call : List.of(
                List.of("uk.fpw.query.QueryMain", "--warehouse", warehouse.toString(), "select 1"),
                List.of("uk.fpw.query.shell.ShellMain", "--warehouse", warehouse.toString()))) {
            assertThat(loadedClasses(call)).contains("picocli.CommandLine ").doesNotContain(" org.jline.");
        }
    }

    private static String loadedClasses(List<String> call) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(call);
        Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
        java.getOutputStream().close();
        String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(java.exitValue()).as(said).isZero();
        return said;
    }

    private int shell(String script, String... options) {
        return shell(script.getBytes(StandardCharsets.UTF_8), options);
    }

    private int shell(byte[] script, String... options) {
        List<String> arguments = new ArrayList<>(List.of("--warehouse", warehouse.toString()));
        arguments.addAll(List.of(options));
        return ShellMain.run(
                arguments.toArray(String[]::new),
                Map.of(),
                folder,
                new ByteArrayInputStream(script),
                new PrintWriter(out),
                new PrintWriter(err));
    }
}
