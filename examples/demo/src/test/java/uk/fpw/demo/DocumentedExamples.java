package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uk.fpw.nightly.acceptance.Installation;

/** The examples in the analysts' documents, run within {@link DemoIT} on its last release. */
class DocumentedExamples {

    private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```");

    /** A call of {@code fpw query} in a block of its own and, if the next block is text, its output. */
    private static final Pattern COMMAND =
            Pattern.compile("(?s)```bash\n\\./fpw (query [^`]*?)\n```\n(?:\n```text\n(.*?)\n```)?");

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private final DemoRun demo = DemoRun.run();

    @Test
    void everyQueryOfTheGuideHasRows() throws IOException {
        // fpw query reads neither files of the export nor another program's catalog
        List<String> queries = SQL.matcher(document("analyst.md"))
                .results()
                .map(query -> query.group(1))
                .filter(query -> !query.contains("read_parquet")
                        && !query.contains("parquet_kv_metadata")
                        && !query.contains("type iceberg"))
                .toList();
        assertThat(queries).hasSize(22);
        for (String query : queries) {
            Path file = demo.file("example.sql", query);
            List<String> arguments = new ArrayList<>(List.of("query", "--file", file.toString(), "--format", "json"));
            if (query.contains("-- Parameter: queue")) {
                arguments.addAll(List.of("--param", "queue=awaiting_examination"));
            }
            if (query.contains("from history.")) {
                arguments.addAll(List.of("--reason", "to test the guide"));
            }
            assertThat(Installation.rows(run(arguments))).as(query).isNotEmpty();
        }
    }

    @Test
    void tutorialShowsWhatItsCommandsPrint() throws IOException {
        List<MatchResult> commands =
                COMMAND.matcher(document("tutorial.md")).results().toList();
        assertThat(commands).hasSize(6);
        for (MatchResult command : commands) {
            List<String> arguments = WORD.matcher(command.group(1))
                    .results()
                    .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                    .toList();
            Installation.Outcome outcome = run(arguments);
            String shown = command.group(2);
            if (shown != null) {
                assertThat(outcome.out().lines())
                        .as(command.group(1))
                        .containsExactlyElementsOf(shown.lines().toList());
            }
        }
    }

    private Installation.Outcome run(List<String> arguments) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--force", demo.force().toString()));
        return demo.fpw().succeed(all.toArray(String[]::new));
    }

    private static String document(String name) throws IOException {
        return Files.readString(Path.of(System.getProperty("fpw.root"), "docs", name));
    }
}
