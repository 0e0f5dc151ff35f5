package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.force.feed.FileFormats;
import uk.fpw.warehouse.force.feed.FormatOptions;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/** Valid options in {@code format} of a feed, and messages for errors. */
class FormatOptionsTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {encoding: utf-9000}               | format.encoding: 'utf-9000' is not a known encoding; use a name such \
            as \
            UTF-8 or windows-1252
            {delimiter: '"'}                   | format: has the same delimiter and quote; use different \
            characters
            {delimiter: '&&'}                  | format.delimiter: '&&' is not a single character; change it
            {encodng: UTF-8}                   | format.encodng: is not a valid field here; did you mean 'encoding'?
            {kind: csv, sheet: A}              | format.sheet: is not a valid field here; remove it; valid fields are \
            kind, \
            encoding, delimiter, quote, null_markers
            {kind: xls}                        | format.kind: 'xls' is not one of csv, parquet, xlsx; did you mean \
            'xlsx'?
            {kind: xlsx, delimiter: ';'}       | format.delimiter: is not a valid field here; remove it; valid fields \
            are \
            kind, sheet, header_row, header_lines, ends_before, null_markers
            {kind: xlsx, header_lines: 2}      | format.header_lines: is 2, without header_row; set header_row to the \
            last line of the header
            {kind: xlsx, header_row: 2, header_lines: 3} | format.header_lines: is 3, more than header_row; set \
            header_row to the last line of the header
            {kind: xlsx, header_row: 0}        | format.header_row: is 0, less than 1; use a larger number
            {kind: parquet, sheet: A}          | format.sheet: is not a valid field here; remove it; valid fields are \
            kind, \
            null_markers
            {kind: 7}                          | format.kind: is 7, which YAML reads as a number and not as a text; \
            put it in quotes
            """)
    void errors(String format, String message) throws IOException {
        SmallForce force = new SmallForce(folder);

        ForceFolderException wrong =
                catchThrowableOfType(ForceFolderException.class, () -> force.read("devices.csv", "format: " + format));

        assertThat(wrong.errors().stream().map(ConfigError::toString))
                .containsExactly("feeds/devices.yml:5: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            xlsx    | feeds/devices.yml:6: file: 'devices.gz' ends in .gz, but a workbook is already compressed \
            and is read directly; ask the source to deliver it without gzip
            parquet | feeds/devices.yml:6: file: 'devices.gz' ends in .gz, but Parquet has its own compression \
            and is read directly; ask the source to deliver it without gzip
            """)
    void gzipIsForTextAlone(String kind, String message) throws IOException {
        SmallForce force = new SmallForce(folder);

        ForceFolderException wrong = catchThrowableOfType(
                ForceFolderException.class, () -> force.read("devices.gz", "format: {kind: " + kind + "}"));

        assertThat(wrong.errors().stream().map(ConfigError::toString)).containsExactly(message);
    }

    @Test
    void feedThatDoesNotSayReadsCsvAsItsSchemaSays() throws IOException {
        Origin.Format format = new FeedFile(
                        new SmallForce(folder).read("devices.csv", "").feeds().get(0), folder)
                .dropped()
                .format();

        assertThat(format).isEqualTo(new Origin.Format("csv", Map.of()));
        assertThat(CsvFormat.of(new CsvConnector().options(format)))
                .isEqualTo(new CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("")));
    }

    @Test
    void optionsOfTheFolderReachTheConnector() throws IOException {
        Origin.Format format = new FeedFile(
                        new SmallForce(folder)
                                .read("devices.xlsx", "format: {kind: xlsx, sheet: Devices, header_row: 3}")
                                .feeds()
                                .get(0),
                        folder)
                .dropped()
                .format();
        FormatOptions options = FileConnectors.of(format).options(format);

        assertThat(options.text("sheet")).isEqualTo("Devices");
        assertThat(options.wholeNumber("header_row")).isEqualTo(3);
        assertThat(options.texts("null_markers")).containsExactly("");
    }

    @Test
    void everyFormatOnTheClassPathCanBeRead() {
        assertThat(FileFormats.find().byKind())
                .containsOnlyKeys("csv", "parquet", "xlsx")
                .allSatisfy((kind, format) -> {
                    assertThat(format).isInstanceOf(FileConnector.class);
                    assertThat(format.openSchema()).isNotEmpty();
                });
    }
}
