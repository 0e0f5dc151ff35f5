package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.xlsx.TestWorkbook;
import uk.fpw.warehouse.failure.FpwException;

/** Profiles of workbooks as people keep them. Every person in them is invented. */
class WorkbookProfileTest extends ProfilerTesting {

    private static final DateTimeFormatter UK = DateTimeFormatter.ofPattern("dd/MM/yyyy");
    private static final Set<String> NAMES = Set.of("Archer", "Baker");

    /**
     * Two title rows, a line of groups above the names, dates as numbers and as texts, decimals among texts, an Excel
     * error, and a total.
     */
    static TestWorkbook dirty() {
        String[] rows = new String[47];
        rows[0] = TestWorkbook.texts(1, "Devices of the unit");
        rows[1] = TestWorkbook.texts(3, "Printed by", "PC Ann Archer");
        rows[2] = "<row r=\"5\">" + text("A5", "Device") + text("C5", "Dates") + "</row>";
        rows[3] =
                TestWorkbook.texts(6, "Exhibit", "Kind", "Received", "Seen at", "Cost", "Born", "Officer Age", "Score");
        for (int row = 7; row <= 47; row++) {
            rows[row - 3] = "<row r=\"" + row + "\">" + text("A" + row, "EX/" + row)
                    + text("B" + row, row % 2 == 0 ? "phone" : "tablet")
                    + (row % 5 == 0
                            ? text(
                                    "C" + row,
                                    LocalDate.of(2026, 1, 1).plusDays(row).format(UK))
                            : "<c r=\"C" + row + "\" s=\"1\"><v>" + (46000 + row) + "</v></c>")
                    + "<c r=\"D" + row + "\" s=\"2\"><v>" + (46000 + row) + (row % 3 == 0 ? "" : ".5") + "</v></c>"
                    + "<c r=\"E" + row + "\"><v>" + row + ".25</v></c>"
                    + "<c r=\"F" + row + "\" s=\"1\"><v>" + (30000 + row) + "</v></c>"
                    + (row == 9
                            ? "<c r=\"G9\" t=\"e\"><v>#REF!</v></c>"
                            : "<c r=\"G" + row + "\"><v>" + (30 + row % 9) + "</v></c>")
                    + (row % 4 == 0 ? text("H" + row, "n/k") : "<c r=\"H" + row + "\"><v>" + row + ".5</v></c>")
                    + "</row>";
        }
        rows[45] = "<row r=\"48\"/>";
        rows[46] = "<row r=\"49\">" + text("A49", "Total devices:") + "<c r=\"E49\"><v>1234.5</v></c></row>";
        return new TestWorkbook()
                .sheet("Notes", TestWorkbook.texts(1, "Read me"))
                .afterRows("<mergeCells><mergeCell ref=\"A5:B5\"/><mergeCell ref=\"C5:D5\"/></mergeCells>")
                .sheet("Devices", rows);
    }

    @Test
    void sheetHeaderAndTotalsAreProposed() throws IOException {
        Path file = dirty().write(folder.resolve("devices.xlsx"));
        SourceProfile profile = Profiler.profile(ProfiledSource.of(file, false), folder, rows -> {});
        assertThat(profile.sheet())
                .isEqualTo(new ProposedSheet(
                        "Devices", List.of("Notes"), List.of(), 6, 1, 3, Set.of("Total devices:"), 1));
        assertThat(profile.columns().stream()
                        .map(column -> column.header() + " " + column.type().type() + " " + column.personal()))
                .containsExactly(
                        "Exhibit TEXT null",
                        "Kind TEXT null",
                        "Received DATE null",
                        "Seen at LOCAL_TIME null",
                        "Cost DECIMAL null",
                        "Born DATE date of birth",
                        "Officer Age WHOLE null",
                        "Score DECIMAL null");
        FeedDraft draft = new FeedDraft(profile, null, "drop");
        assertThat(draft.yaml())
                .contains(
                        "\nfeed: devices\n",
                        "\nfile: \"devices.xlsx\"\nformat: {kind: xlsx, sheet: \"Devices\", header_row: 6, "
                                + "ends_before: [\"Total devices:\"]}    # DECIDE: Sheet \"Devices\", header in row 6, "
                                + "below 3 rows that are skipped. The table ends before \"Total devices:\": 1 "
                                + "row below is not read. Not read: \"Notes\".\n",
                        "\nkey: [exhibit]    # all values are distinct, and none is blank\n",
                        "{name: received, from: \"Received\", type: date, pattern: \"dd/MM/yyyy\", "
                                + "privacy: not_personal}",
                        "{name: score, from: \"Score\", type: decimal, privacy: not_personal, unreadable: null}    # "
                                + "DECIDE: 10 cells are no numbers: with unreadable they are stored as empty and "
                                + "counted, and no staging query may read the column; without it their rows are "
                                + "refused; ",
                        "{name: seen_at, from: \"Seen at\", type: local_time, privacy: not_personal}",
                        "{name: cost, from: \"Cost\", type: decimal, privacy: not_personal}",
                        "  - \"Born\"    # looks personal, and only a text or number can become a pseudonym\n",
                        "    # DECIDE: 1 row has a cell without a header above it, an Excel error, or a formula "
                                + "without a result; the source should be corrected\n");
        String report = String.join("\n", ProfileReport.lines(profile, draft));
        assertThat(report)
                .startsWith("devices.xlsx: 41 rows, 8 columns\nSheet \"Devices\", header in row 6, below 3 rows that "
                        + "are skipped.");
        NAMES.forEach(name -> assertThat(report + draft.yaml()).doesNotContain(name));
        assertThat(ProfileFields.of(profile, draft))
                .containsEntry(
                        "sheet",
                        Map.of(
                                "name",
                                "Devices",
                                "header_row",
                                6,
                                "header_lines",
                                1,
                                "other_sheets",
                                List.of("Notes"),
                                "ends_before",
                                List.of("Total devices:"),
                                "rows_below_count",
                                1))
                .containsEntry("unavailable_reason", "a workbook has no encoding, delimiter or quote");
    }

    @Test
    void headerOfTwoLinesAndNotesBelowAnEmptyRowAreProposed() throws IOException {
        String[] rows = new String[34];
        rows[0] = TestWorkbook.texts(1, "Devices of the unit");
        rows[1] = "<row r=\"2\">" + text("A2", "Device") + text("C2", "Sent") + text("E2", "Returned") + "</row>";
        rows[2] = TestWorkbook.texts(3, "Exhibit", "Kind", "on", "by", "on", "by");
        for (int row = 4; row <= 33; row++) {
            rows[row - 1] = TestWorkbook.texts(
                    row, "EX/" + row, "phone", row - 3 + "/10/2026", "van", row - 3 + "/11/2026", "post");
        }
        rows[33] = TestWorkbook.texts(36, "* provisional");
        Path file = new TestWorkbook()
                .sheet(
                        "Larger",
                        IntStream.range(1, 50)
                                .mapToObj(row -> TestWorkbook.texts(row, "x"))
                                .toArray(String[]::new))
                .afterRows("<mergeCells><mergeCell ref=\"A2:B2\"/><mergeCell ref=\"C2:D2\"/><mergeCell "
                        + "ref=\"E2:F2\"/></mergeCells>")
                .sheet("Devices", rows)
                .write(folder.resolve("devices.xlsx"));
        SourceProfile profile = Profiler.profile(ProfiledSource.of(file, false), folder, found -> {});
        assertThat(new FeedDraft(profile, null, "drop").yaml())
                .contains(
                        "\nformat: {kind: xlsx, sheet: \"Devices\", header_row: 3, header_lines: 2, "
                                + "ends_before: [\"\"]}    # DECIDE: Sheet \"Devices\", header in rows 2 to 3, below 1 "
                                + "row that is skipped. "
                                + "The table ends before an empty row: 1 row below is not read. Not read: \"Larger\". "
                                + "No rows name the columns of \"Larger\", although it has more rows.\n",
                        "{name: device_exhibit, from: \"Device Exhibit\", type: text, privacy: pseudonymise}",
                        "{name: returned_on, from: \"Returned on\", type: date, pattern: \"d/M/yyyy\"");
        assertThat(profile.rowCount()).isEqualTo(30);
    }

    @Test
    void whatNoFeedCouldReadIsRefused() throws IOException {
        Path names = new TestWorkbook()
                .sheet(
                        "Devices",
                        TestWorkbook.texts(1, "Device", "", "Kind"),
                        TestWorkbook.texts(2, "EX/1", "3", "phone"))
                .write(folder.resolve("names.xlsx"));
        assertRefused(
                names,
                ": no sheet has a header of up to three rows with a different name for each column that the rows "
                        + "below it use; ask the source for a table with one such header");
        Path data = new TestWorkbook()
                .sheet(
                        "Devices",
                        TestWorkbook.texts(1, "EX-1001", "Smith", "phone"),
                        TestWorkbook.texts(2, "EX-1002", "Jones", "tablet"))
                .write(folder.resolve("data.xlsx"));
        assertRefused(
                data,
                ": row 1 looks like a row of data and not the header: it holds [2 letters]-dddd; ask the source to "
                        + "write a header, which every file of a feed needs; if it is the header, use --header");
        Path zip = Files.write(folder.resolve("book.csv"), ProfilerTest.zip("[Content_Types].xml"));
        assertThatThrownBy(() -> ProfiledSource.of(zip, false))
                .isInstanceOf(FpwException.class)
                .hasMessageStartingWith(zip.toRealPath() + ": ");
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> ProfiledSource.of(file, false))
                .isInstanceOf(FpwException.class)
                .hasMessage(file + message);
    }

    private static String text(String address, String text) {
        return "<c r=\"" + address + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }
}
