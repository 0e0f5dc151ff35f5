package uk.fpw.publish.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cells as read by another library, and the XML in the workbook. */
@Tag("time-zone")
class WorkbookSheetTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temp;

    @Test
    void cellsHaveTheTypesOfTheirValues() throws IOException {
        byte[] workbook = sheet(Arrays.asList(
                "text",
                "=1+1",
                142L,
                0.1,
                true,
                LocalDate.of(2016, 2, 29),
                LocalDateTime.of(2016, 1, 12, 18, 0),
                null,
                9_007_199_254_740_993L, // a double has another last digit
                LocalDate.of(1899, 12, 31),
                Double.NaN));

        try (ReadableWorkbook read =
                new ReadableWorkbook(new ByteArrayInputStream(workbook), new ReadingOptions(true, false))) {
            Row row = read.getFirstSheet().read().get(1);
            assertThat(row.getCell(0).asString()).isEqualTo("text");
            assertThat(row.getCell(1).getType()).isEqualTo(CellType.STRING);
            assertThat(row.getCell(1).asString()).isEqualTo("=1+1");
            assertThat(row.getCell(2).asNumber()).isEqualByComparingTo("142");
            assertThat(row.getCell(3).asNumber()).isEqualByComparingTo("0.1");
            assertThat(row.getCell(4).asBoolean()).isTrue();
            assertThat(row.getCell(5).asDate()).isEqualTo(LocalDateTime.of(2016, 2, 29, 0, 0));
            assertThat(row.getCell(5).getDataFormatString()).isEqualTo("yyyy-mm-dd");
            assertThat(row.getCell(6).asDate()).isEqualTo(LocalDateTime.of(2016, 1, 12, 18, 0));
            assertThat(row.getCell(6).getDataFormatString()).isEqualTo("yyyy-mm-dd hh:mm:ss");
            Cell nothing = row.getOptionalCell(7).orElse(null);
            assertThat(nothing == null || nothing.getType() == CellType.EMPTY).isTrue();
            assertThat(row.getCell(8).asString()).isEqualTo("9007199254740993");
            assertThat(row.getCell(9).asString()).isEqualTo("1899-12-31");
            assertThat(row.getCell(10).asString()).isEqualTo("NaN");
        }
    }

    @Test
    void sheetHasAFrozenHeaderAFilterAndItsMarkingAndNoFormula() throws IOException {
        String xml = xml(sheet(List.of("=HYPERLINK(\"http://x\")", "<b>&")));

        assertThat(xml)
                .contains("ySplit=\"1\"")
                .contains("state=\"frozen\"")
                .contains("<autoFilter ref=\"A1:B2\"")
                .contains("OFFICIAL-SENSITIVE")
                .contains("&lt;b&gt;&amp;")
                .doesNotContain("<f>");
    }

    @Test
    void finishedSheetsStateTheirSizeToProgramsThatReadRowByRow() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<WorkbookSheet> sheets;
        try (Workbook workbook = new Workbook(out, "fpw", null)) {
            WorkbookSheet wide = WorkbookSheet.add(workbook, "wide", List.of(10), 0);
            wide.add(Collections.nCopies(28, 1L));
            wide.add(List.of());
            wide.add(List.of("ends here"));
            wide.finish();
            WorkbookSheet empty = WorkbookSheet.add(workbook, "empty", List.of(10), 0);
            empty.finish();
            sheets = List.of(wide, empty);
        }
        Path file = Files.write(temp.resolve("a.xlsx"), out.toByteArray());

        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(sized(zip, "xl/worksheets/sheet1.xml", sheets))
                    .isEqualTo(part(zip, "xl/worksheets/sheet1.xml").replace("\"A1\"/>", "\"A1:AB3\"/>"))
                    .contains("<dimension ref=\"A1:AB3\"/>");
            assertThat(sized(zip, "xl/worksheets/sheet2.xml", sheets)).isEqualTo(part(zip, "xl/worksheets/sheet2.xml"));
            assertThat(sized(zip, "xl/workbook.xml", sheets)).isEqualTo(part(zip, "xl/workbook.xml"));
        }
    }

    private static String sized(ZipFile zip, String part, List<WorkbookSheet> sheets) throws IOException {
        return new String(
                WorkbookSheet.withSize(part, zip.getInputStream(zip.getEntry(part)), sheets)
                        .readAllBytes(),
                StandardCharsets.UTF_8);
    }

    private static String part(ZipFile zip, String part) throws IOException {
        return new String(zip.getInputStream(zip.getEntry(part)).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] sheet(List<?> row) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Workbook workbook = new Workbook(out, "fpw", null)) {
            WorkbookSheet sheet = WorkbookSheet.add(workbook, "a", List.of(10), 1);
            sheet.addHeader(row.stream().map(value -> "header").toList());
            sheet.add(row);
            sheet.finishWithFilter(row.size());
        }
        return out.toByteArray();
    }

    /** The XML of the sheet; the file is a ZIP archive. */
    private String xml(byte[] workbook) throws IOException {
        Path file = Files.write(temp.resolve("a.xlsx"), workbook);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return part(zip, "xl/worksheets/sheet1.xml");
        }
    }
}
