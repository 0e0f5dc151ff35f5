package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.FileFormats;
import uk.fpw.warehouse.force.ForceFolderException;
import uk.fpw.warehouse.force.Mistake;

/** What {@code format} of a feed may say, and what is said of mistakes in it. */
class FormatOptionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {encoding: utf-9000}               | format.encoding: 'utf-9000' is not an encoding; use a name such as UTF-8 or windows-1252
            {delimiter: '"'}                   | format: has the same delimiter and quote; give them different characters
            {delimiter: '&&'}                  | format.delimiter: '&&' is not a single character; change it
            {encodng: UTF-8}                   | format.encodng: is not a field here; did you mean 'encoding'?
            {kind: csv, sheet: A}              | format.sheet: is not a field here; remove it; the fields are kind, encoding, delimiter, quote, null_markers
            {kind: 7}                          | format.kind: is 7, which YAML reads as a number and not as a text; put it in quotes
            """)
    void mistakes(String format, String message) throws IOException {
        SmallForce force = new SmallForce(folder);

        ForceFolderException wrong =
                catchThrowableOfType(ForceFolderException.class, () -> force.read("devices.csv", "format: " + format));

        assertThat(wrong.mistakes().stream().map(Mistake::toString)).containsExactly("feeds/devices.yml:5: " + message);
    }

    @Test
    void feedThatDoesNotSayReadsCsvAsItsSchemaSays() throws IOException {
        Feed.Format format = new FeedFile(
                        new SmallForce(folder).read("devices.csv", "").feeds().get(0), folder)
                .dropped()
                .format();

        assertThat(format).isEqualTo(Feed.Format.DEFAULT);
        assertThat(CsvFormat.of(new CsvConnector().options(format)))
                .isEqualTo(new CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("")));
    }

    @Test
    void everyFormatOnTheClassPathCanBeRead() {
        assertThat(FileFormats.find().byKind()).containsKey("csv").allSatisfy((kind, format) -> {
            assertThat(format).isInstanceOf(FileConnector.class);
            assertThat(format.openSchema()).isNotEmpty();
        });
    }
}
