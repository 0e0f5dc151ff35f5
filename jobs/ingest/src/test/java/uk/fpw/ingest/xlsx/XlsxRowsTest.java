package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;

@Tag("time-zone")
class XlsxRowsTest extends XlsxTesting {

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
    void headerMayHaveSeveralLinesWhoseTextsAreJoined() throws IOException {
        String groups = "<row r=\"2\">" + cell("A2", "Device") + cell("B2", "Seen") + cell("D2", "Remarks") + "</row>";
        TestWorkbook workbook = new TestWorkbook()
                .afterRows("<mergeCells><mergeCell ref=\"A2:A3\"/><mergeCell ref=\"B2:C2\"/></mergeCells>")
                .sheet(
                        "Data",
                        TestWorkbook.texts(1, "Title"),
                        groups,
                        "<row r=\"3\">" + cell("B3", "Kind") + cell("C3", "Place") + "</row>",
                        TestWorkbook.texts(4, "A", "phone", "lab"));
        Feed feed = TestFeeds.with(
                TestFeeds.feed(
                        "devices",
                        List.of("device_id"),
                        "device_id",
                        TestFeeds.column("device_id", "Device", Feed.Type.TEXT),
                        TestFeeds.column("place", "Seen Place", Feed.Type.TEXT),
                        TestFeeds.column("kind", "Seen Kind", Feed.Type.TEXT)),
                new Origin.DroppedFile(
                        "devices.xlsx",
                        new Origin.Format("xlsx", Map.of("header_row", 3, "header_lines", 2)),
                        Set.of("Remarks")));
        try (SourceRows rows = new FeedFile(feed, workbook.write(folder.resolve("devices.xlsx"))).open()) {
            assertThat(Objects.requireNonNull(rows.next()).fields()).containsExactly("A", "lab", "phone");
            assertThat(rows.next()).isNull();
        }
    }

    @Test
    void tableEndsBeforeATotalOrAnEmptyRowAndWhatFollowsIsNotRead() throws IOException {
        String[] rows = {
            HEADER,
            TestWorkbook.texts(3, "A", "phone"),
            TestWorkbook.texts(4, "B", "Total"),
            TestWorkbook.texts(6, "Total", "2"),
            TestWorkbook.texts(7, "Notes: none")
        };
        // merged cells below the table do not matter
        TestWorkbook workbook = new TestWorkbook()
                .afterRows("<mergeCells><mergeCell ref=\"A7:C7\"/></mergeCells>")
                .sheet("Data", rows);
        assertThat(rows(workbook, Map.of("ends_before", List.of("Total"))))
                .containsExactly("3 [A, phone]", "4 [B, Total]");
        assertThat(rows(workbook, Map.of("ends_before", List.of("")))).containsExactly("3 [A, phone]", "4 [B, Total]");
        assertThat(rows(new TestWorkbook().sheet("Data", rows), Map.of()))
                .containsExactly("3 [A, phone]", "4 [B, Total]", "6 [Total, 2]", "7 [Notes: none, null]");
    }

    @Test
    void tableThatGoesOnBelowItsEndIsRefused() throws IOException {
        String[] rows = new String[24];
        rows[0] = HEADER;
        rows[1] = TestWorkbook.texts(2, "A", "phone");
        for (int row = 4; row <= 25; row++) {
            rows[row - 2] = TestWorkbook.texts(row, "D" + row, "phone");
        }
        assertThat(rows(new TestWorkbook().sheet("Data", Arrays.copyOf(rows, 22)), Map.of("ends_before", List.of(""))))
                .containsExactly("2 [A, phone]");
        assertBad(
                new TestWorkbook().sheet("Data", rows),
                Map.of("ends_before", List.of("")),
                ": row 4: the table of sheet 'Data' ends here (format.ends_before), but more than 20 rows with values "
                        + "follow; check whether the table goes on, or correct format.ends_before");
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
    void rowOfFormulasWithoutResultsIsNotAnEmptyOne() throws IOException {
        TestWorkbook workbook = new TestWorkbook()
                .sheet(
                        "Data",
                        HEADER,
                        "<row r=\"5\"><c r=\"A5\"><f>X!A5</f><v/></c><c r=\"B5\"><f>X!B5</f><v></v></c></row>",
                        "<row r=\"6\"><c r=\"A6\" t=\"str\"><f>X!A6</f><v/></c></row>",
                        TestWorkbook.texts(9, "A", "phone"));
        // refused fields without a known value
        assertThat(rows(workbook, Map.of())).containsExactly("5 [, ]", "9 [A, phone]");
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
}
