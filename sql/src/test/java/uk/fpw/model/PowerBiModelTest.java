package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model in {@code experimental/power-bi}. Nobody has opened it: its form is checked here, and no more. */
class PowerBiModelTest {

    private static final Path FOLDER = Documents.root().resolve("experimental/power-bi/fpw.SemanticModel");

    /** What a line of TMDL is, as far as this model needs it. */
    private static final Pattern LINE = Pattern.compile("|(\t?/// .+)"
            + "|(database|model|table|ref table) \\w+|expression \\w+ = \"[\\w.]+\" meta \\[.+]"
            + "|\tmeasure '\\w+ \\(\\w+\\)' = .+|\tcolumn \\w+|\tpartition \\w+ = m"
            + "|\t\t?\\w+: \\S+|\t\t?(isHidden|discourageImplicitMeasures)|\t\tsource =|\t{4} *\\S.*");

    @Test
    void filesAreThoseOfTheViews() throws IOException {
        if ("write".equals(System.getProperty("fpw.docs"))) {
            for (Map.Entry<String, String> file : PowerBiModel.files().entrySet()) {
                Path path = FOLDER.resolve(file.getKey());
                Files.createDirectories(path.resolveSibling("."));
                Files.writeString(path, file.getValue());
            }
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(FOLDER)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                found.put(FOLDER.relativize(path).toString().replace('\\', '/'), Documents.read(path));
            }
        }
        assertThat(found)
                .as("write them anew with: mvn -pl sql test -Dfpw.docs=write")
                .isEqualTo(PowerBiModel.files());
    }

    @Test
    void everyLineIsOneThatTmdlHas() {
        PowerBiModel.files().forEach((name, text) -> {
            if (name.endsWith(".tmdl")) {
                assertThat(text.lines()).as(name).allMatch(LINE.asMatchPredicate());
            }
        });
    }

    @Test
    void measuresHaveNamesOfTheirOwnAndClosedBrackets() {
        Map<String, String> measures = new TreeMap<>();
        PowerBiModel.files().values().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("\tmeasure "))
                .map(line -> line.split(" = ", 2))
                .forEach(parts -> assertThat(measures.put(parts[0], parts[1])).isNull());
        assertThat(measures.values())
                .allMatch(dax -> dax.chars().filter(one -> one == '(').count()
                        == dax.chars().filter(one -> one == ')').count());
        assertThat(measures)
                .containsEntry(
                        "\tmeasure 'waiting_at_month_end (flows)'",
                        "VAR latest = MAX(flows[period_start_on]) RETURN IF(DISTINCTCOUNT(flows[queue]) = 1 && "
                                + "CALCULATE(COUNTROWS(flows) = COUNT(flows[waiting_at_month_end_do_not_sum]), "
                                + "KEEPFILTERS(flows[period_start_on] = latest)), "
                                + "CALCULATE(SUM(flows[waiting_at_month_end_do_not_sum]), "
                                + "KEEPFILTERS(flows[period_start_on] = latest)))");
    }
}
