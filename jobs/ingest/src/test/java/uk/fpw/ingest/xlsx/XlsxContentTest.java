package uk.fpw.ingest.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/** Files that are not workbooks, or that Excel cannot have written: each is rejected by name. */
class XlsxContentTest extends XlsxTesting {

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
     * A flipped bit is detected in whatever part it is: the rows are unchanged or the workbook is reported as damaged.
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
                ": a part of the workbook uncompresses to more than 64 MiB, from a file of " + Files.size(bomb)
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
}
