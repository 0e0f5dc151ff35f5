package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

class XlsxRowsTest {

    private static final String HEADER = TestWorkbook.texts(1, "Device", "Kind", "Remarks");

    @TempDir
    private Path folder;

    @Test
    void rowsKnowTheirNumberAndRowsWithoutAnythingAreNone() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .sheet(
                        "Data",
                        HEADER,
                        TestWorkbook.texts(2, "A", "phone", "x"),
                        "<row r=\"3\"><c r=\"A3\" s=\"3\"/><c r=\"B3\" t=\"inlineStr\"><is><t>  </t></is></c></row>",
                        "<row r=\"9\" hidden=\"1\"><c r=\"A9\" t=\"inlineStr\"><is><t>B</t></is></c></row>",
                        "<row r=\"10\"><c r=\"A10\" s=\"1\"/></row>");

        assertThat(rows(workbook, Map.of())).containsExactly("2 [A, phone]", "9 [B, null]");
    }

    @Test
    void orderOfColumnsGapsBetweenThemAndLineBreaksInHeadersDoNotMatter() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .sheet(
                        "Data",
                        "<row r=\"3\">" + cell("B3", "Remarks") + cell("D3", "Kind&#10; ") + cell("F3", " Device")
                                + "</row>",
                        "<row r=\"4\">" + cell("D4", "phone") + cell("F4", "A") + "</row>");

        assertThat(rows(workbook, Map.of())).containsExactly("4 [A, phone]");
    }

    @Test
    void valueThatNoHeaderStandsAboveRefusesItsRow() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .sheet("Data", HEADER, TestWorkbook.texts(2, "A", "phone", "x", "see B"), TestWorkbook.texts(3, "B"));

        assertThat(rows(workbook, Map.of()))
                .containsExactly("2 the cell D2 has a value, but no header above it", "3 [B, null]");
    }

    @Test
    void titleAboveTheHeaderIsPassedOverWhereTheFeedSaysSo() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .sheet(
                        "Data",
                        TestWorkbook.texts(1, "Devices of May"),
                        TestWorkbook.texts(3, "Device", "Kind", "Remarks"),
                        TestWorkbook.texts(4, "A", "phone"));

        assertThat(rows(workbook, Map.of("header_row", 3))).containsExactly("4 [A, phone]");
        assertBad(
                workbook,
                Map.of(),
                ": row 1: the first row with values is not the header: none of its 1 fields is one of the 3 "
                        + "columns that feeds/devices.yml declares; set format.header_row "
                        + "to the header's row, or correct each column's 'from'");
        assertBad(
                workbook,
                Map.of("header_row", 2),
                ": row 2: sheet 'Data' is empty there, but the header must be there; correct format.header_row");
    }

    @Test
    void onlyVisibleSheetIsTheOneThatIsMeant() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .hiddenSheet("Lists", TestWorkbook.texts(1, "Kinds"))
                .sheet("Data", HEADER, TestWorkbook.texts(2, "A", "phone"));
        assertThat(rows(workbook, Map.of())).containsExactly("2 [A, phone]");

        workbook.sheet("Notes", TestWorkbook.texts(1, "Read me"));
        assertThat(rows(workbook, Map.of("sheet", "data"))).containsExactly("2 [A, phone]");
        assertBad(
                workbook,
                Map.of(),
                ": the workbook has 2 sheets, and feeds/devices.yml does not specify which one to read: 'Lists' "
                        + "(hidden), "
                        + "'Data', 'Notes'; set it in format.sheet");
        assertBad(
                workbook,
                Map.of("sheet", "Devices"),
                ": there is no sheet 'Devices', which feeds/devices.yml requires; the sheets are 'Lists' (hidden), "
                        + "'Data', 'Notes'; correct format.sheet, or ask the source to deliver the workbook as "
                        + "agreed");
    }

    @Test
    void headerMustBeWhatTheFeedDeclares() throws IOException {
        assertBad(
                new TestWorkbook().sheet("Data", TestWorkbook.texts(1, "Device", "Kinds", "Remarks")),
                Map.of(),
                ": row 1: the header is not what feeds/devices.yml declares: missing: Kind (likely renamed to "
                        + "Kinds); correct 'from' of the renamed columns");
        assertBad(
                new TestWorkbook().sheet("Data", TestWorkbook.texts(1, "Device", "Kind", "Device", "Remarks")),
                Map.of(),
                ": row 1: the header is not what feeds/devices.yml declares: repeated: Device; ask the "
                        + "source to deliver the extract as agreed");
        assertBad(
                new TestWorkbook().sheet("Data"),
                Map.of(),
                ": sheet 'Data' is empty, but the header must be in its first row with values; check what "
                        + "the source delivered, or set another sheet in format.sheet");
    }

    @Test
    void mergedCellsBelowTheHeaderAreRefusedInColumnsThatAreLoaded() throws IOException {
        String merged = "<mergeCells><mergeCell ref=\"%s\"/></mergeCells>";
        String[] rows = {
            TestWorkbook.texts(1, "Devices of May"),
            TestWorkbook.texts(2, "Device", "Kind", "Remarks"),
            TestWorkbook.texts(3, "A", "phone")
        };
        assertThat(rows(
                        new TestWorkbook()
                                .afterRows(merged.formatted("A1:C1") + merged.formatted("C3:C4"))
                                .sheet("Data", rows),
                        Map.of("header_row", 2)))
                .containsExactly("3 [A, phone]");
        assertBad(
                new TestWorkbook().afterRows(merged.formatted("B3:B7")).sheet("Data", rows),
                Map.of("header_row", 2),
                ": row 3, column \"Kind\" (B3:B7): the cells are merged, so the value is "
                        + "only in the first of them; ask the source to deliver the sheet without merged cells below "
                        + "the "
                        + "header");
    }

    @Test
    void otherKindsOfFilesAreNamed() throws IOException {
        assertBad(
                new byte[0],
                ": the file is empty (0 bytes); check what the source delivered, and replace it with a complete "
                        + "workbook");
        assertBad(
                "Device,Kind\n".getBytes(StandardCharsets.UTF_8),
                ": the content is not a workbook (xlsx), regardless of its name; check what the source delivered; if "
                        + "it "
                        + "is text, remove format.kind");
        byte[] old = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1, 0, 0};
        assertBad(
                old,
                ": the content is a workbook in the old Excel format (xls), regardless of its name; ask the source to "
                        + "save "
                        + "it as xlsx");
        byte[] encrypted = Arrays.copyOf(old, 4096);
        byte[] name = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, encrypted, 1024, name.length);
        assertBad(
                encrypted,
                ": the workbook is encrypted with a password; ask the source to deliver it without a "
                        + "password, over a protected channel");
    }

    @Test
    void workbookThatIsStillBeingCopiedIsTruncated() throws IOException {
        byte[] whole =
                Files.readAllBytes(new TestWorkbook().sheet("Data", HEADER).write(folder.resolve("whole.xlsx")));
        for (int length : new int[] {2, 100, whole.length / 2, whole.length - 1}) {
            assertBad(
                    Arrays.copyOf(whole, length),
                    ": the workbook is damaged or truncated (for example because it is still being copied): "
                            + "its zip directory or content is corrupt; check what the source delivered, and "
                            + "replace it with a complete workbook");
        }
    }

    /**
     * A bit that a disk or a line has turned is found, whatever part it is in: the rows are the same or the workbook is
     * damaged.
     */
    @Test
    void workbookInWhichAByteHasChangedYieldsNoOtherRows() throws IOException {
        TestWorkbook workbook = new TestWorkbook().sharedTexts("<t>phone</t>", "<t>laptop</t>");
        StringBuilder rows = new StringBuilder(HEADER);
        for (int row = 2; row <= 60; row++) {
            rows.append("<row r=\"" + row + "\"><c><v>" + row * 7919 + "</v></c><c t=\"s\"><v>" + row % 2
                    + "</v></c></row>");
        }
        Path path = workbook.sheet("Data", rows.toString()).write(folder.resolve("devices.xlsx"));
        List<String> expected = rows(path, Map.of());
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(7);
        int damaged = 0;
        for (int mutation = 0; mutation < 500; mutation++) {
            byte[] bytes = whole.clone();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, bytes);
            try {
                assertThat(rows(path, Map.of())).isEqualTo(expected);
            } catch (FpwException failure) {
                assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(250);
    }

    @Test
    void workbookThatUnpacksToMoreThanOneCanHoldIsRefused() throws IOException {
        Path bomb = new TestWorkbook()
                .sharedTexts(("<t>" + " ".repeat(1 << 16) + "</t>").repeat(1025))
                .sheet("Data", HEADER)
                .write(folder.resolve("devices.xlsx"));
        assertBad(
                bomb,
                Map.of(),
                ": a part of the workbook is uncompressed larger than 64 MiB, from a file of " + Files.size(bomb)
                        + " bytes; check what the source delivered; use csv or parquet "
                        + "for a workbook with this many different texts");
    }

    @Test
    void addressesThatNoSheetHasAreRefusedBeforeTheyTakeMemory() throws IOException {
        String remedy = "; check what the source delivered, or open it in Excel and save it";
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, "<row r=\"2\"><c r=\"ZZZZZZ2\"><v>1</v></c></row>"),
                Map.of(),
                ": the sheet is damaged: the address of a cell is not possible in a sheet" + remedy);
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, "<row r=\"2\"><c t=\"s\"><v>900000000</v></c></row>"),
                Map.of(),
                ": the sheet is damaged: a reference to a shared text is not possible in a sheet" + remedy);
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, "<row r=\"2\"><c t=\"x\"><v>1</v></c></row>"),
                Map.of(),
                ": row 2: the workbook does not follow the xlsx format (IllegalStateException)" + remedy);
    }

    @Test
    void rowOfFormulasWithoutResultsIsNotAnEmptyOne() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .sheet(
                        "Data",
                        HEADER,
                        "<row r=\"5\"><c r=\"A5\"><f>X!A5</f><v/></c><c r=\"B5\"><f>X!B5</f><v></v></c></row>",
                        "<row r=\"6\"><c r=\"A6\" t=\"str\"><f>X!A6</f><v/></c></row>",
                        TestWorkbook.texts(9, "A", "phone"));
        // refused fields, of which no value is known
        assertThat(rows(workbook, Map.of())).containsExactly("5 [, ]", "9 [A, phone]");
    }

    @Test
    void cellsAndRowsThatComeTwiceAreRefused() throws IOException {
        String remedy = "; check what the source delivered, or open it in Excel and save it";
        assertBad(
                new TestWorkbook()
                        .sheet("Data", HEADER, "<row r=\"2\">" + cell("A2", "A") + cell("A2", "B") + "</row>"),
                Map.of(),
                ": the sheet is damaged: the cell A2 occurs twice" + remedy);
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, "<row r=\"2\">" + cell("B2", "A") + "<c r=\"A2\"/><c/></row>"),
                Map.of(),
                ": the sheet is damaged: the cell B2 occurs twice" + remedy);
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, TestWorkbook.texts(2, "A"), TestWorkbook.texts(2, "B")),
                Map.of(),
                ": the sheet is damaged: row 2 comes after row 2" + remedy);
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, TestWorkbook.texts(7, "A"), TestWorkbook.texts(3, "B")),
                Map.of(),
                ": the sheet is damaged: row 3 comes after row 7" + remedy);
    }

    @Test
    void textsNumbersAndFormulasLongerThanExcelHoldsAreRefused() throws IOException {
        String problem = ": the sheet is damaged: the length of a text, number or formula is not possible in a sheet; "
                + "check what the source delivered, or open it in Excel and save it";
        for (String content : List.of(
                "<c><v>" + "1".repeat(401) + "</v></c>",
                "<c t=\"s\"><v>" + "0".repeat(401) + "</v></c>",
                "<c t=\"str\"><v>" + "a".repeat(32_767 * 7 + 1) + "</v></c>",
                "<c t=\"inlineStr\"><is><t>" + "a".repeat(32_767 * 7 + 1) + "</t></is></c>",
                "<c><f>" + "1".repeat(2 * 8_192 + 1) + "</f><v>1</v></c>")) {
            assertBad(new TestWorkbook().sheet("Data", HEADER, "<row>" + content + "</row>"), Map.of(), problem);
        }
        String note = "<headerFooter><oddHeader>" + "a".repeat(500_000) + "</oddHeader></headerFooter>";
        assertThat(rows(new TestWorkbook().afterRows(note).sheet("Data", HEADER, TestWorkbook.texts(2, "A")), Map.of()))
                .containsExactly("2 [A, null]");
    }

    @Test
    void pronunciationWithinATextIsRefused() throws IOException {
        assertBad(
                new TestWorkbook()
                        .sheet(
                                "Data",
                                HEADER,
                                "<row r=\"2\"><c r=\"A2\" "
                                        + "t=\"inlineStr\"><is><t>A</t><rPh><t>ei</t></rPh></is></c></row>"),
                Map.of(),
                ": the cell A2 contains the pronunciation of its text within the text; ask the source to leave it out, "
                        + "or open the workbook in Excel and save it");
    }

    @Test
    void partsMayHaveOtherNames() throws IOException {
        assertThat(rows(
                        new TestWorkbook()
                                .named("workbook22.xml")
                                .sheet("Data", HEADER, TestWorkbook.texts(2, "A", "phone")),
                        Map.of()))
                .containsExactly("2 [A, phone]");
    }

    @Test
    void soManyArrayFormulasThatTheyWouldTakeHoursAreRefused() throws IOException {
        StringBuilder rows = new StringBuilder();
        for (int row = 2; row <= 45_001; row++) {
            rows.append("<row><c t=\"str\"><f t=\"array\" ref=\"A" + row + "\">X()</f><v>A</v></c></row>");
        }
        assertBad(
                new TestWorkbook().sheet("Data", HEADER, rows.toString()),
                Map.of(),
                ": the sheet has 45000 array formulas for 45003 cells, and each cell would be "
                        + "looked up in all of them; ask the source to deliver it with values instead of formulas");
    }

    @Test
    void workbookOfAnotherLibraryIsReadToo() throws IOException {
        Path path = folder.resolve("devices.xlsx");
        try (Workbook workbook = new Workbook(Files.newOutputStream(path), "Test", "1.0")) {
            Worksheet sheet = workbook.newWorksheet("Data");
            sheet.value(0, 0, "Device");
            sheet.value(0, 1, "Kind");
            sheet.value(0, 2, "Remarks");
            for (int row = 1; row <= 1000; row++) {
                sheet.value(row, 0, 1000 + row);
                sheet.value(row, 1, "kind " + row % 3);
            }
        }
        List<String> rows = rows(path, Map.of());
        assertThat(rows).hasSize(1000).startsWith("2 [1001, kind 1]").endsWith("1001 [2000, kind 1]");
    }

    private List<String> rows(TestWorkbook workbook, Map<String, Object> options) throws IOException {
        return rows(workbook.write(folder.resolve("devices.xlsx")), options);
    }

    private static List<String> rows(Path path, Map<String, Object> options) {
        List<String> found = new ArrayList<>();
        try (SourceRows rows = new FeedFile(feed(options), path).open()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                found.add(row.line() + " " + (row.problem() == null ? row.fields() : row.problem()));
            }
            assertThat(rows.digest()).hasSize(64);
        }
        return found;
    }

    private void assertBad(TestWorkbook workbook, Map<String, Object> options, String message) throws IOException {
        assertBad(workbook.write(folder.resolve("devices.xlsx")), options, message);
    }

    private void assertBad(byte[] content, String message) throws IOException {
        assertBad(Files.write(folder.resolve("devices.xlsx"), content), Map.of(), message);
    }

    private static void assertBad(Path path, Map<String, Object> options, String message) {
        FpwException failure = catchThrowableOfType(FpwException.class, () -> rows(path, options));
        assertThat(failure).hasMessage(path + message);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    private static String cell(String address, String text) {
        return "<c r=\"" + address + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static Feed feed(Map<String, Object> options) {
        Feed feed = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                TestFeeds.column("device_id", "Device", Feed.Type.TEXT),
                TestFeeds.column("kind", "Kind", Feed.Type.TEXT));
        return TestFeeds.with(
                feed, new Origin.DroppedFile("devices.xlsx", new Origin.Format("xlsx", options), Set.of("Remarks")));
    }
}
