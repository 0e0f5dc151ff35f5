package uk.fpw.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.text.TextTransform;

class CsvRowsTest extends CsvTesting {

    @Test
    void rowsKnowTheLineTheyBeginOn() throws IOException {
        assertThat(rows(HEADER + "A,1,phone,2,x\r\nB,1,\"two\r\nlines\",2,x\r\n\r\nC,1, laptop ,,\n"))
                .containsExactly("2 [A, 1, phone, 2]", "3 [B, 1, two\r\nlines, 2]", "6 [C, 1, laptop, null]");
    }

    @Test
    void orderOfColumnsAndAByteOrderMarkDoNotMatter() throws IOException {
        assertThat(rows("\uFEFFSIZE,KIND,SUBMITTED,REMARKS,DEVICE\n2,phone,1,x,A"))
                .containsExactly("2 [A, 1, phone, 2]");
    }

    @Test
    void rowWithOtherFieldCountHasNoTexts() throws IOException {
        assertThat(rows(HEADER + "A,1,phone,2\nB,1,phone,2,x,y")).containsExactly("2 [] of 4", "3 [] of 6");
    }

    @Test
    void digestIsOfTheFileAsItLies() throws IOException {
        byte[] zipped = gzip(HEADER + "A,1,phone,2,x\n");
        try (SourceRows rows =
                file("devices.csv.gz", zipped, StandardCharsets.UTF_8).open()) {
            assertThat(rows.next()).isNotNull();
            assertThat(rows.next()).isNull();
            assertThat(rows.digest()).isEqualTo(sha256(zipped));
        }
    }

    @Test
    void fileThatChangesWhileItIsReadIsUnavailable() throws IOException {
        byte[] content = (HEADER + "A,1,phone,2,x\n").getBytes(StandardCharsets.UTF_8);
        FeedFile file = file("devices.csv", content, StandardCharsets.UTF_8);
        try (SourceRows rows = file.open()) {
            assertThat(rows.next()).isNotNull();
            Files.writeString(file.path(), "B,1,phone,2,x\n", StandardOpenOption.APPEND);
            FpwException failure = catchThrowableOfType(FpwException.class, rows::digest);
            assertThat(failure)
                    .hasMessage(file.path()
                            + ": the file changed while it was being read; run "
                            + "again when the source has finished writing it");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void missingFileIsUnavailable() {
        FeedFile file = new FeedFile(TestFeeds.devices(), drop.resolve("devices_2024-05-01.csv"));
        assertFailure(
                file,
                ExitCode.UNAVAILABLE,
                file.path()
                        + ": the file does not exist (feeds/devices.yml: connection: drop, file: "
                        + "devices_{date}.csv); check that the source has delivered it, or correct "
                        + "'file'");
        FeedFile nowhere = new FeedFile(TestFeeds.devices(), drop.resolve("no/devices_2024-05-01.csv"));
        assertFailure(
                nowhere,
                ExitCode.UNAVAILABLE,
                nowhere.path()
                        + ": the file does not exist, and neither is its folder (feeds/devices.yml: connection: drop, "
                        + "file: "
                        + "devices_{date}.csv); check that the source has delivered it, or correct the "
                        + "connection's 'path' in connections.yml");
    }

    @Test
    void emptyFileIsBad() {
        assertBad(
                "",
                ": the file is empty (0 bytes); check what the source delivered, and replace it with a complete "
                        + "extract");
    }

    @Test
    void fileCutInARowIsTruncated() {
        assertBad(
                HEADER + "A,1,phone,2,x\nB,1,ph",
                ":3: the file is truncated: its last row has 3 of 5 fields and no line break; replace it with a "
                        + "complete extract");
    }

    @Test
    void gzipThatEndsEarlyIsTruncated() throws IOException {
        byte[] whole = gzip(HEADER + "A,1,phone,2,x\n".repeat(1000));
        assertBad(
                file("devices.csv.gz", Arrays.copyOf(whole, whole.length - 20), StandardCharsets.UTF_8),
                ": the file is truncated: its gzip content ends early; replace it with a complete extract");
    }

    @Test
    void gzipThatIsDamagedIsBad() throws IOException {
        byte[] damaged = gzip(HEADER + "A,1,phone,2,x\n");
        damaged[damaged.length - 6] ^= 1;
        assertBad(
                file("devices.csv.gz", damaged, StandardCharsets.UTF_8),
                ": the file is damaged: its gzip content is corrupt; replace it with a complete extract");
    }

    @Test
    void nameAndContentAgreeOnGzip() throws IOException {
        assertBad(
                file("devices.csv.gz", HEADER.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                ": the file name ends in .gz but the content is not gzip; correct the name, and 'file' in "
                        + "feeds/devices.yml with it, or deliver it again");
        assertBad(
                file("devices.csv", gzip(HEADER), StandardCharsets.UTF_8),
                ": the content is gzip but the file name does not end in .gz; correct the name, and 'file' in "
                        + "feeds/devices.yml with it, or deliver it again");
    }

    @Test
    void wrongEncodingIsNamedWithItsLine() throws IOException {
        byte[] windows = (HEADER + "A,1,phone,2,x\nB,1,caf\u00e9,2,x\n").getBytes(Charset.forName("windows-1252"));
        assertBad(
                file("devices.csv", windows, StandardCharsets.UTF_8),
                ":3: the bytes E9 are not UTF-8, the encoding that feeds/devices.yml declares; ask the "
                        + "source to write UTF-8, or correct format.encoding (files from Windows are often "
                        + "windows-1252)");
    }

    @Test
    void byteOrderMarkOfAnotherEncodingIsNamed() throws IOException {
        byte[] utf8 = ("\uFEFF" + HEADER).getBytes(StandardCharsets.UTF_8);
        assertBad(
                file("devices.csv", utf8, Charset.forName("windows-1252")),
                ":1: the file starts with the byte-order mark of UTF-8, but feeds/devices.yml declares the "
                        + "encoding windows-1252; set format.encoding: UTF-8");
        assertBad(
                file("devices.csv", ("\uFEFF" + HEADER).getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8),
                ":1: the file starts with the byte-order mark of UTF-16LE, but feeds/devices.yml declares the "
                        + "encoding UTF-8; set format.encoding: UTF-16LE");
    }

    @Test
    void utf16WithoutAMarkIsNamed() throws IOException {
        assertBad(
                file("devices.csv", HEADER.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.UTF_8),
                ":1: every second byte at the start of the file is zero, as in UTF-16LE, but feeds/devices.yml "
                        + "declares the encoding UTF-8; set format.encoding: UTF-16LE, or ask the "
                        + "source to write UTF-8");
        assertBad(
                file("devices.csv.gz", gzip(HEADER, StandardCharsets.UTF_16BE), StandardCharsets.UTF_8),
                ":1: every second byte at the start of the file is zero, as in UTF-16BE, but feeds/devices.yml "
                        + "declares the encoding UTF-8; set format.encoding: UTF-16BE, or ask the "
                        + "source to write UTF-8");
        assertThat(rows(file(
                        "devices.csv",
                        (HEADER + "A,1,phone,2,x").getBytes(StandardCharsets.UTF_16LE),
                        StandardCharsets.UTF_16LE)))
                .containsExactly("2 [A, 1, phone, 2]");
    }

    @Test
    void workbookOrArchiveUnderTheNameOfAnExtractIsNamed() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(archive)) {
            zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
            zip.write(new byte[100]);
        }
        assertBad(
                file("devices.csv", archive.toByteArray(), StandardCharsets.UTF_8),
                ": the content is a zip archive or a workbook (xlsx), not text; ask the source to write it as CSV (a "
                        + "workbook: save as CSV UTF-8), or unpack it before the nightly run");
        assertBad(
                file("devices.csv", java.util.HexFormat.of().parseHex("d0cf11e0a1b11ae10000"), StandardCharsets.UTF_8),
                ": the content is a workbook or document in an old Office format (xls), not text; ask "
                        + "the source to write it as CSV (a workbook: save as CSV UTF-8)");
    }

    @Test
    void textsAreTransformedBeforeTheyCanMeanNoValue() throws IOException {
        Feed devices = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                TestFeeds.transforming(
                        TestFeeds.column("device_id", "DEVICE", Feed.Type.TEXT),
                        TextTransform.COLLAPSE_SPACES,
                        TextTransform.UPPER),
                TestFeeds.transforming(TestFeeds.column("kind", "KIND", Feed.Type.TEXT), TextTransform.TRIM),
                TestFeeds.column("note", "NOTE", Feed.Type.TEXT));
        Path path = Files.writeString(drop.resolve("devices.csv"), """
                DEVICE,KIND,NOTE,REMARKS
                \u00A0dfu\u00A0\u00A01\u200B,\uFEFF n/a\u202F,\u00A0as it is,x
                dfu 2,\u00A0,,x
                """);
        Feed feed = TestFeeds.with(
                devices, "devices.csv", new CsvFormat(StandardCharsets.UTF_8, ',', '"', Set.of("", "n/a")).declared());
        assertThat(rows(new FeedFile(feed, path)))
                .containsExactly("2 [DFU 1, null, \u00A0as it is]", "3 [DFU 2, null, null]");
    }

    @Test
    void quoteThatIsNeverClosedIsNamedWhereItOpens() {
        assertBad(
                HEADER + "A,1,phone,2,x\nB,1,\"phone,2,x\nC,1,phone,2,x\n",
                ":3: a quote (\") opens here but is never closed; the file is truncated, or a quote in "
                        + "a value is not doubled: ask the source to write \"\" for a quote in a value, or correct "
                        + "format.quote in feeds/devices.yml");
    }

    @Test
    void quoteInsideAQuotedValueIsNamedByItsRow() {
        assertBad(
                HEADER + "A,1,phone,2,x\nB,1,\"15\" laptop\",2,x\n",
                ":3: in the row that begins here a quote (\") opens a field, but the next quote does "
                        + "not end it: it is followed by other text; ask the source to write \"\" for a quote in a "
                        + "value, or "
                        + "correct format.quote in feeds/devices.yml");
    }

    @Test
    void linkToAFileElsewhereIsNotFollowed() throws IOException {
        Path key = Files.writeString(drop.resolve("key"), "0b".repeat(32));
        Path folder = Files.createDirectory(drop.resolve("drop"));
        Path elsewhere = Files.createSymbolicLink(folder.resolve("devices.csv"), key);
        assertBad(
                new FeedFile(TestFeeds.devices(), elsewhere),
                ": is a symbolic link to a file outside its folder; copy the file itself there, or use its "
                        + "folder as the path of the connection");

        Files.writeString(folder.resolve("devices_new.csv"), HEADER + "A,1,phone,2,x\n");
        Path inside = Files.createSymbolicLink(folder.resolve("latest.csv"), Path.of("devices_new.csv"));
        try (SourceRows rows = new FeedFile(TestFeeds.devices(), inside).open()) {
            assertThat(rows.next()).isNotNull();
        }
    }

    @Tag("thorough")
    @Test
    void contentThatUnpacksToFarMoreThanAnExtractIsNotReadToItsEnd() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(HEADER.getBytes(StandardCharsets.UTF_8));
            byte[] row = ("A,1,phone,2," + "x".repeat(99_000) + "\n").getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 700; i++) {
                out.write(row);
            }
        }
        FeedFile file = file("devices.csv.gz", bytes.toByteArray(), StandardCharsets.UTF_8);
        FpwException failure = catchThrowableOfType(FpwException.class, () -> {
            try (SourceRows rows = file.open()) {
                while (rows.next() != null) {}
            }
        });
        assertThat(failure.getMessage())
                .matches(Pattern.quote(file.path().toString())
                        + ":\\d+: the uncompressed content is larger than 64 MiB, from a file of " + bytes.size()
                        + " bytes; no extract compresses this well: check what the source "
                        + "delivered, or request it without gzip");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    @Test
    void rowWithoutEndIsNotReadIntoMemory() {
        assertBad(
                HEADER + "A,1,phone,2,x\nB,1,\"" + "phone,2,x\nC,1,".repeat(200_000),
                ":3: the row that starts here has more than 1000000 characters; a quote in it is probably "
                        + "not closed, or it is not a text file: check what the source delivered, and "
                        + "replace it with a complete extract");
    }

    private List<String> rows(String text) throws IOException {
        return rows(file("devices.csv", text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    private static List<String> rows(FeedFile file) {
        List<String> found = new ArrayList<>();
        try (SourceRows rows = file.open()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                found.add(row.line() + " " + row.fields() + (row.isComplete() ? "" : " of " + row.fieldCount()));
            }
        }
        return found;
    }

    private static byte[] gzip(String text) throws IOException {
        return gzip(text, StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text, Charset encoding) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(encoding));
        }
        return bytes.toByteArray();
    }

    private static String sha256(byte[] content) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(
                            java.security.MessageDigest.getInstance("SHA-256").digest(content));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
