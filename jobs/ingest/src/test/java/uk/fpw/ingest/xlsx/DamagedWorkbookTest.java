package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

/**
 * Workbooks that no program should write: each fails its feed with a reason, without using all memory or stopping the
 * night.
 */
class DamagedWorkbookTest {

    private static final String HEADER = TestWorkbook.texts(1, "Device");
    private static final String REMEDY = "; check what the source delivered, and replace it with a complete workbook";

    @TempDir
    private Path folder;

    @Test
    void partsThatAreDeclaredTwiceAreRefused() throws IOException {
        String problem = ": the workbook is damaged: it declares a part twice" + REMEDY;
        assertBad(new TestWorkbook().declared("/xl/sharedStrings.xml", "worksheet"), problem);
        assertBad(new TestWorkbook().declared("/XL/Styles.xml", "table"), problem);
        assertBad(new TestWorkbook().declared("/xl/more.xml", "sharedStrings"), problem);
        assertBad(new TestWorkbook().declared("/xl/more.xml", "sheet.main"), problem);
    }

    @Test
    void textsAndAttributesThatTakeMemoryBeforeTheyAreSeenAreRefused() throws IOException {
        String problem =
                ": the workbook is damaged: a part contains a text or an element of more than 1 MiB, or is not in UTF-8"
                        + REMEDY;
        String large = "x".repeat(1 << 20);
        assertBad(new TestWorkbook(), "<row><c x=\"" + large + "\"/></row>", problem);
        assertBad(new TestWorkbook(), "<row><c x=\"" + "a>".repeat(1 << 19) + "\"/></row>", problem);
        assertBad(new TestWorkbook(), "<row><c><v>" + large + "</v></c></row>", problem);
        assertBad(new TestWorkbook(), "<row><c><v><![CDATA[" + "<>".repeat(1 << 19) + "]]></v></c></row>", problem);
        assertBad(new TestWorkbook().sharedTexts("<t>" + large + "</t>"), problem);
        assertBad(new TestWorkbook().styles("<styleSheet><!-- " + large + "--></styleSheet>"), problem);
        assertBad(
                new TestWorkbook().sharedTexts("<t>" + "x".repeat(32_767 * 7 + 1) + "</t>"),
                ": the workbook is damaged: it contains a text that is longer than a cell allows" + REMEDY);
        assertBad(
                new TestWorkbook(),
                "<row>" + "<c>".repeat(200) + "</c>".repeat(200) + "</row>",
                ": the sheet is damaged: the nesting of its elements is not possible in a sheet; check "
                        + "what the source delivered, or open it in Excel and save it");
    }

    @Test
    void rowWithinARowIsRefused() throws IOException {
        assertBad(
                new TestWorkbook(),
                "<row><row><c/></row></row>",
                ": the sheet is damaged: a row within a row is not possible in a sheet; check what "
                        + "the source delivered, or open it in Excel and save it");
    }

    @Test
    void unsoundStylesAreNoFailureOfTheStorage() throws IOException {
        assertBad(
                new TestWorkbook().styles("<styleSheet><numFmts></styleSheet>"),
                ": the workbook is damaged or truncated (for example because it is still being copied): its "
                        + "XML is corrupt"
                        + REMEDY);
    }

    @Test
    void formatWithoutANumberIsNoDefectOfTheSoftware() throws IOException {
        assertBad(
                new TestWorkbook().styles("<styleSheet><cellXfs><xf numFmtId=\"x\"/></cellXfs></styleSheet>"),
                "<row r=\"2\"><c s=\"0\"><v>1</v></c></row>",
                ": row 2: the workbook does not follow the xlsx format (NumberFormatException); check "
                        + "what the source delivered, or open it in Excel and save it");
    }

    /** Excel itself saves such formulas, so opening and saving the workbook does not help. */
    @ParameterizedTest
    @ValueSource(strings = {"ATAN2(A2,1)", "DAYS360(A2,B2)", "STAFF24", "A99999999999"})
    void sharedFormulaThatTheLibraryCannotRebuildNamesWhatHelps(String formula) throws IOException {
        assertBad(
                new TestWorkbook(),
                "<row r=\"2\"><c r=\"A2\"><f t=\"shared\" ref=\"A2:A3\" si=\"0\">" + formula
                        + "</f><v>1</v></c></row><row r=\"3\"><c r=\"A3\"><f t=\"shared\" si=\"0\"/><v>2</v></c></row>",
                ": row 3: the row has a formula that cannot be read; ask the source to deliver values "
                        + "instead of formulas (in Excel: copy the cells, then paste them as values)");
    }

    private void assertBad(TestWorkbook workbook, String message) throws IOException {
        assertBad(workbook, TestWorkbook.texts(2, "A"), message);
    }

    private void assertBad(TestWorkbook workbook, String rows, String message) throws IOException {
        Path path = workbook.sheet("Data", HEADER, rows).write(folder.resolve("devices.xlsx"));
        FpwException failure = catchThrowableOfType(FpwException.class, () -> read(path));
        assertThat(failure).hasMessage(path + message);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    private static void read(Path path) {
        Feed feed = TestFeeds.feed(
                "devices", List.of("device_id"), "device_id", TestFeeds.column("device_id", "Device", Feed.Type.TEXT));
        Origin.DroppedFile file = new Origin.DroppedFile("devices.xlsx", new Origin.Format("xlsx", Map.of()), Set.of());
        try (SourceRows rows = new FeedFile(TestFeeds.with(feed, file), path).open()) {
            SourceRow row = rows.next();
            while (row != null) {
                row = rows.next();
            }
        }
    }
}
