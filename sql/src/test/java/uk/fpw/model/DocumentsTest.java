package uk.fpw.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents must match the models. */
class DocumentsTest {

    private static final String REMEDY = "of other models; write it anew with: mvn -pl sql test -Dfpw.docs=write";

    @Test
    void guideSaysWhatEveryMartCanAnswer() {
        String guide = Documents.read(Documents.root().resolve("docs/analyst.md"));

        assertThat(Models.marts()).allSatisfy(mart -> assertThat(guide)
                .contains("[`" + mart.table() + "`](tables.md#" + TableDocuments.anchor(mart) + ")"));
    }

    /**
     * Otherwise an older version of the software would not recognise that a newer one created the tables of a database.
     */
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
    void tableHasItsKeyItsReadersAndItsColumns() {
        assertThat(TableDocuments.all().tables()).contains("""
                        ## `mart.dim_slice`

                        | row | One value of one slice of one queue that occurs in the spells, and the total. |
                        |---|---|
                        | key | `queue`, `slice`, `slice_value` |
                        | owner | performance analysis |
                        | readers | analysts, BI tools, the export |

                        | column | type | unit | add | null | meaning |
                        |---|---|---|---|---|---|
                        | `force` | text | - | - | no | Code of the force. |
                        """);
    }

    private static void assertSame(Path file, String found, String expected) throws IOException {
        if ("write".equals(System.getProperty("fpw.docs"))) {
            Files.writeString(file, expected);
        } else {
            assertThat(found).as(file.getFileName() + " is " + REMEDY).isEqualTo(expected);
        }
    }
}
