package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The documents cannot part from the models: what they say of columns is made from them ({@code -Dfpw.docs=write}
 * writes it).
 */
class DocumentsTest {

    private static final String REMEDY = "made from the models; write it anew with: mvn -pl sql test -Dfpw.docs=write";

    private final Documents documents = new Documents(
            Stream.concat(Models.all().stream(), Models.toolViews().stream()).toList());

    @Test
    void guideExplainsEveryColumn() throws IOException {
        Path guide = Documents.root().resolve("docs/analyst.md");
        String text = Documents.read(guide);

        assertSame(guide, text, documents.withColumns(text));
        assertThat(text)
                .contains(Stream.concat(
                                Stream.of("core.exclusion"),
                                Models.marts().stream().map(Model::table))
                        .map(table -> "<!-- columns of " + table + " -->")
                        .collect(Collectors.toSet()));
    }

    @Test
    void otherToolsFindEveryTableAsJson() throws IOException {
        Path file = Documents.root().resolve("docs/tables.json");

        assertSame(file, Documents.read(file), documents.json());
    }

    /** Otherwise an older version of the software would not know that a newer one made the tables of a database. */
    @Test
    void everyChangeOfThePublishedTablesHasItsNumber() throws IOException {
        Path file = Documents.root().resolve("sql/src/main/resources/fpw/published.txt");
        String digest = Models.digest(Stream.concat(Models.marts().stream(), Models.toolViews().stream())
                .toList());
        String[] words = Documents.read(file).strip().split(" ", 2);

        assertSame(
                file,
                Documents.read(file),
                (words[1].equals(digest) ? words[0] : String.valueOf(Integer.parseInt(words[0]) + 1)) + " " + digest
                        + "\n");
    }

    @Test
    void tableOfColumnsReplacesTheOneBehindTheMark() {
        String old = "text\n\n<!-- columns of mart.dim_slice -->\n| an | old |\n|---|---|\n| a | b |\n\n| another | "
                + "table |\n";

        assertThat(documents.withColumns(old))
                .startsWith("text\n\n<!-- columns of mart.dim_slice -->\n| column | type | unit | add | null | meaning "
                        + "|\n|---|---|---|---|---|---|\n| `force` | text | - | - | no | Code of the "
                        + "force. |\n")
                .endsWith("\n\n| another | table |\n")
                .doesNotContain("| an | old |");
    }

    private static void assertSame(Path file, String found, String expected) throws IOException {
        if ("write".equals(System.getProperty("fpw.docs"))) {
            Files.writeString(file, expected);
        } else {
            assertThat(found).as(file.getFileName() + " is " + REMEDY).isEqualTo(expected);
        }
    }
}
