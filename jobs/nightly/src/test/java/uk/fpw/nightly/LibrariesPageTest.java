package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/libraries.md} is about the versions that {@code pom.xml} has. */
class LibrariesPageTest {

    private static final Path ROOT = Path.of("../..");

    @Test
    void everyVersionIsThatOfTheBuild() throws IOException {
        String pom = Files.readString(ROOT.resolve("pom.xml"));
        List<List<String>> rows = rows();
        assertThat(rows).hasSizeGreaterThan(20);
        for (List<String> row : rows) {
            String property = row.get(0).replace("`", "") + ".version";
            String version = row.get(1).replaceFirst(" .*", "");
            assertThat(pom)
                    .as("docs/libraries.md has %s %s; correct it, or remove the row", property, version)
                    .contains("<" + property + ">" + version + "</" + property + ">");
            assertThat(row.get(row.size() - 1)).as("reason of " + property).isNotBlank();
        }
    }

    @Test
    void everyExceptionNamesAnAdvisory() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/libraries.md"));
        List<String> exceptions = page.substring(page.indexOf("| advisory |"), page.indexOf("## Behind"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(exceptions).hasSize(3).allMatch(line -> line.contains(" CVE-"));
        assertThat(page).containsPattern("## Behind, as of \\d{1,2} [A-Z][a-z]+ \\d{4}\n");
    }

    private static List<List<String>> rows() throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/libraries.md"))) {
            if (line.startsWith("| `")) {
                rows.add(Arrays.stream(line.substring(2).split(" \\|"))
                        .map(String::strip)
                        .toList());
            }
        }
        return rows;
    }
}
