package uk.fpw.ingest.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.fpw.ingest.TestFeeds;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;

class ParquetRowsTest {

    private static final long NOON =
            Instant.parse("2016-07-12T12:00:00.123456Z").getEpochSecond() * 1_000_000 + 123_456;

    @TempDir
    private Path folder;

    /** A value of each type, and the result for a column of the feed. */
    @Tag("time-zone")
    @Test
    void valuesAreReadWithTheTypeThatTheFileGivesThem() throws IOException {
        // type in the file, value, column of the feed
        assertThat(becomes("binary value (STRING)", g -> g.append("value", " a b "), Feed.Type.TEXT))
                .isEqualTo("a b");
        assertThat(becomes("binary value (ENUM)", g -> g.append("value", "X"), Feed.Type.TEXT))
                .isEqualTo("X");
        assertThat(becomes("binary value (STRING)", g -> g.append("value", ""), Feed.Type.TEXT))
                .isEqualTo("null");
        assertThat(becomes("binary value (STRING)", g -> {}, Feed.Type.TEXT)).isEqualTo("null");
        assertThat(becomes("binary value (STRING)", g -> g.append("value", "Yes"), Feed.Type.BOOLEAN))
                .isEqualTo("true");
        assertThat(becomes("fixed_len_byte_array(16) value (UUID)", g -> g.append("value", uuid()), Feed.Type.TEXT))
                .isEqualTo("00000000-0000-0001-0000-000000000002");
        assertThat(becomes("int32 value", g -> g.append("value", -7), Feed.Type.WHOLE))
                .isEqualTo("-7");
        assertThat(becomes("int64 value", g -> g.append("value", 20160112345L), Feed.Type.TEXT))
                .isEqualTo("20160112345");
        assertThat(becomes("int32 value (INTEGER(32,false))", g -> g.append("value", -1), Feed.Type.WHOLE))
                .isEqualTo("4294967295");
        assertThat(becomes("int64 value (INTEGER(64,false))", g -> g.append("value", -1L), Feed.Type.WHOLE))
                .isEqualTo("refused: value is a whole number with more than 64 bits");
        assertThat(becomes("int32 value", g -> g.append("value", 1), Feed.Type.BOOLEAN))
                .isEqualTo("true");
        assertThat(becomes("boolean value", g -> g.append("value", false), Feed.Type.BOOLEAN))
                .isEqualTo("false");
        assertThat(becomes("int32 value (DECIMAL(9,2))", g -> g.append("value", 1250), Feed.Type.DECIMAL))
                .isEqualTo("12.500000000");
        assertThat(becomes("binary value (DECIMAL(30,2))", g -> g.append("value", bytes(0xff)), Feed.Type.DECIMAL))
                .isEqualTo("-0.010000000");
        assertThat(becomes("double value", g -> g.append("value", 0.1), Feed.Type.DECIMAL))
                .isEqualTo("0.100000000");
        assertThat(becomes("double value", g -> g.append("value", 1e12), Feed.Type.DECIMAL))
                .isEqualTo("1000000000000.000000000");
        assertThat(becomes("double value", g -> g.append("value", 0.1 + 0.2), Feed.Type.DECIMAL))
                .isEqualTo("refused: value has more than 29 digits before or 9 after the decimal point");
        assertThat(becomes("float value", g -> g.append("value", 0.1f), Feed.Type.DECIMAL))
                .isEqualTo("0.100000000");
        assertThat(becomes("double value", g -> g.append("value", Double.NaN), Feed.Type.DECIMAL))
                .isEqualTo("refused: value is not a decimal number (digits and a decimal point, without thousands "
                        + "separators)");
        assertThat(becomes(
                        "int32 value (DATE)",
                        g -> g.append("value", (int) LocalDate.of(2016, 1, 12).toEpochDay()),
                        Feed.Type.DATE))
                .isEqualTo("2016-01-12");
        assertThat(becomes("int64 value (TIMESTAMP(MICROS,true))", g -> g.append("value", NOON), Feed.Type.INSTANT))
                .isEqualTo("2016-07-12T12:00:00.123456Z");
        assertThat(becomes("int64 value (TIMESTAMP(MILLIS,true))", g -> g.append("value", -1L), Feed.Type.INSTANT))
                .isEqualTo("1969-12-31T23:59:59.999Z");
        assertThat(becomes("int64 value (TIMESTAMP(NANOS,true))", g -> g.append("value", 1001L), Feed.Type.INSTANT))
                .isEqualTo("1970-01-01T00:00:00.000001Z");
        // noon in London in summer
        assertThat(becomes("int64 value (TIMESTAMP(MICROS,false))", g -> g.append("value", NOON), Feed.Type.LOCAL_TIME))
                .isEqualTo("2016-07-12T11:00:00.123456Z");
        assertThat(becomes("binary value (STRING)", g -> g.append("value", bytes(0x41, 0xff)), Feed.Type.TEXT))
                .isEqualTo("refused: value is text that is not UTF-8, as Parquet requires");
    }

    /** Case numbers and grades may look like numbers with an exponent. */
    @Test
    void textsStayAsTheyAreWritten() throws IOException {
        for (String text : List.of("12E5", "1.2.3E4", "1E2000000000", "-7E-3", "2E3")) {
            assertThat(becomes("binary value (STRING)", g -> g.append("value", text), Feed.Type.TEXT))
                    .isEqualTo(text);
            assertThat(becomes("binary value (ENUM)", g -> g.append("value", text), Feed.Type.TEXT))
                    .isEqualTo(text);
            assertThat(becomes("binary value (JSON)", g -> g.append("value", text), Feed.Type.TEXT))
                    .isEqualTo(text);
        }
    }

    @Test
    void decimalsOfMoreDigitsThanAnyoneWritesAreRefusedBeforeTheyTakeMemory() throws IOException {
        assertBadType(
                "binary value (DECIMAL(2000000000,2000000000))",
                Feed.Type.DECIMAL,
                "column value is of type BINARY DECIMAL(2000000000,2000000000), but feeds/devices.yml declares "
                        + "value as decimal; ask the source to write a plain column, or add it to ignored");
        assertThat(becomes(
                        "binary value (DECIMAL(30,2))", g -> g.append("value", bytes(new int[65])), Feed.Type.DECIMAL))
                .isEqualTo("refused: value is a number with more digits than its type allows");
    }

    @Test
    void columnsOfOtherTypesThanTheFeedDeclaresAreNamed() throws IOException {
        assertBadType(
                "double value",
                Feed.Type.TEXT,
                "column value is of type DOUBLE, but feeds/devices.yml declares value as text; declare the type "
                        + "decimal, or ask the source to write the declared type");
        assertBadType(
                "int96 value",
                Feed.Type.LOCAL_TIME,
                "column value is of type INT96, but feeds/devices.yml declares value as local_time; ask "
                        + "the source to write a TIMESTAMP: INT96 does not state whether it "
                        + "is UTC or local time (Spark: spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS)");
        assertBadType(
                "int64 value (TIMESTAMP(MICROS,false))",
                Feed.Type.INSTANT,
                "column value is of type INT64 TIMESTAMP(MICROS,false), but feeds/devices.yml declares value as "
                        + "instant; declare the type local_time with its zone, or ask the source "
                        + "to write the declared type");
        assertBadType(
                "group value { optional int32 inner; }",
                Feed.Type.WHOLE,
                "column value is of type a nested type, but feeds/devices.yml declares value as whole; ask the "
                        + "source to write a plain column, or add it to ignored");
        assertBadType(
                "binary value",
                Feed.Type.TEXT,
                "column value is of type BINARY, but feeds/devices.yml declares value as text; ask the "
                        + "source to write a plain column, or add it to ignored");
    }

    @Test
    void columnsMustBeThoseOfTheFeedInAnyOrderAndIgnoredOnesMayBeNested() throws IOException {
        Path file = write(
                "message m { optional group REMARKS { optional int32 x; } optional binary VALUE (STRING); required "
                        + "binary DEVICE (STRING); }",
                2,
                (group, row) -> group.append("DEVICE", "D" + row));
        assertThat(rows(feed(Feed.Type.TEXT, "VALUE", Set.of("REMARKS")), file))
                .containsExactly("1 [D0, null]", "2 [D1, null]");
        assertBad(
                feed(Feed.Type.TEXT, "GRADE", Set.of("REMARKS")),
                file,
                ": the columns are not what feeds/devices.yml declares: missing: GRADE; not declared: VALUE; list new "
                        + "columns under 'columns' or 'ignored', or ask the source to deliver the extract as "
                        + "agreed");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"})
    void rowsOfManyRowGroupsAreReadInOrder(CompressionCodecName codec) throws IOException {
        Path file = TestParquet.write(
                folder.resolve("devices.parquet"),
                "message m { required binary DEVICE (STRING); optional int64 value; }",
                codec,
                3000,
                (group, row) -> {
                    group.append("DEVICE", "D" + row);
                    if (row % 3 != 0) {
                        group.append("value", (long) row);
                    }
                });
        assertThat(rows(feed(Feed.Type.WHOLE, "value", Set.of()), file))
                .hasSize(3000)
                .startsWith("1 [D0, null]", "2 [D1, 1]")
                .endsWith("3000 [D2999, 2999]");
    }

    @Test
    void fileThatIsAnotherOrIsStillBeingCopiedIsRefused() throws IOException {
        Feed feed = feed(Feed.Type.TEXT, "value", Set.of());
        Path whole = write(
                "message m { required binary DEVICE (STRING); optional binary value (STRING); }",
                10,
                (group, row) -> group.append("DEVICE", "D" + row));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {4, 100, bytes.length / 2, bytes.length - 1}) {
            assertBad(
                    feed,
                    Files.write(whole, Arrays.copyOf(bytes, length)),
                    ": the content is not a readable Parquet file: it is another kind of file, "
                            + "encrypted, or truncated (for example because it is still being copied); check "
                            + "what the source delivered, and replace it with a complete file");
        }
        Files.write(whole, new byte[0]);
        assertBad(
                feed,
                whole,
                ": the file is empty (0 bytes); check what the source delivered, and replace it with a complete file");
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, 4, 60, (byte) 0x7f);
        FpwException failure = catchThrowableOfType(FpwException.class, () -> rows(feed, Files.write(whole, damaged)));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    /**
     * Rows, their number and their order are unchanged, or the file is reported as damaged; the metadata of a file has
     * no checksum.
     */
    @Tag("thorough")
    @Test
    void fileInWhichAByteOfItsPagesHasChangedYieldsNoOtherRows() throws IOException {
        Feed feed = feed(Feed.Type.WHOLE, "value", Set.of());
        Path path = write(
                "message m { required binary DEVICE (STRING); optional int64 value; }",
                500,
                (group, row) -> group.append("DEVICE", "D" + row).append("value", row * 7919L));
        List<String> expected = rows(feed, path);
        byte[] whole = Files.readAllBytes(path);
        Random random = new Random(7);
        int damaged = 0;
        for (int mutation = 0; mutation < 500; mutation++) {
            byte[] bytes = whole.clone();
            // the footer starts some hundred bytes before the end
            bytes[4 + random.nextInt(bytes.length - 1000)] ^= (byte) (1 << random.nextInt(8));
            Files.write(path, bytes);
            try {
                assertThat(rows(feed, path)).isEqualTo(expected);
            } catch (FpwException failure) {
                assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(250);
    }

    /** Damage in an uncompressed page yields wrong values unless its checksum is verified. */
    @Test
    void damagedPageIsFoundByItsChecksum() throws IOException {
        Path file = TestParquet.write(
                folder.resolve("devices.parquet"),
                "message m { required binary DEVICE (STRING); optional binary value (STRING); }",
                CompressionCodecName.UNCOMPRESSED,
                1,
                (group, row) -> group.append("DEVICE", "DEVICE-4711"));
        byte[] bytes = Files.readAllBytes(file);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf("DEVICE-4711") + 7] = '5';
        assertBad(
                feed(Feed.Type.TEXT, "value", Set.of()),
                Files.write(file, bytes),
                ": row 1: the file is damaged (ParquetDecodingException); check what the source delivered, and "
                        + "replace it with a complete file");
    }

    /** A page states its decompressed size; a file of a few bytes could claim all memory. */
    @Test
    void pageThatSaysThatItIsLargerThanMemoryIsRefused() throws IOException {
        int size = 100_000;
        Path file = TestParquet.write(
                folder.resolve("devices.parquet"),
                "message m { required binary DEVICE (STRING); optional binary value (STRING); }",
                CompressionCodecName.SNAPPY,
                1,
                (group, row) -> group.append("DEVICE", "A".repeat(size)));
        try (ParquetFileReader reader = ParquetFileReader.open(
                new LocalInputFile(file),
                ParquetReadOptions.builder()
                        .withCodecFactory(new BoundedCodecs(HadoopCodecs.newFactory(0), size - 1))
                        .build())) {
            PageReadStore group = reader.readNextRowGroup();
            PageReader pages = group.getPageReader(
                    reader.getFileMetaData().getSchema().getColumns().get(0));
            assertThatThrownBy(pages::readPage).hasMessageMatching("a page of 1000[0-9]{2} bytes");
        }
    }

    private String becomes(String type, Consumer<Group> fill, Feed.Type declared) throws IOException {
        Path file = write("message m { required binary DEVICE (STRING); optional " + type + "; }", 1, (group, row) -> {
            group.append("DEVICE", "A");
            fill.accept(group);
        });
        Feed feed = feed(declared, "value", Set.of());
        try (SourceRows rows = new FeedFile(feed, file).open()) {
            RowParser parser = new RowParser(feed, Pseudonymiser.none(), rows);
            SourceRow row = Objects.requireNonNull(rows.next());
            RowParser.Outcome outcome = parser.read(row, parser.key(row));
            return outcome.version() != null
                    ? String.valueOf(outcome.version().values().get(1))
                    : "refused: " + Objects.requireNonNull(outcome.refused()).message();
        }
    }

    private void assertBadType(String type, Feed.Type declared, String message) throws IOException {
        String field = type.endsWith("}") ? type : type + ";";
        Path file = write(
                "message m { required binary DEVICE (STRING); optional " + field + " }",
                1,
                (group, row) -> group.append("DEVICE", "A"));
        assertBad(feed(declared, "value", Set.of()), file, ": " + message);
    }

    private static void assertBad(Feed feed, Path file, String message) {
        FpwException failure = catchThrowableOfType(FpwException.class, () -> rows(feed, file));
        assertThat(failure).hasMessage(file + message);
        assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
    }

    private static List<String> rows(Feed feed, Path file) {
        List<String> found = new ArrayList<>();
        try (SourceRows rows = new FeedFile(feed, file).open()) {
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                found.add(row.line() + " " + row.fields());
            }
        }
        return found;
    }

    private Path write(String schema, int rows, BiConsumer<Group, Integer> fill) throws IOException {
        return TestParquet.write(folder.resolve("devices.parquet"), schema, CompressionCodecName.SNAPPY, rows, fill);
    }

    private static Binary uuid() {
        return Binary.fromConstantByteArray(
                ByteBuffer.allocate(16).putLong(1).putLong(2).array());
    }

    private static Binary bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return Binary.fromConstantByteArray(bytes);
    }

    private static Feed feed(Feed.Type type, String from, Set<String> ignored) {
        Feed.Column value = new Feed.Column(
                "value",
                from,
                type,
                Feed.TextFormat.of(type == Feed.Type.LOCAL_TIME ? ZoneId.of("Europe/London") : null),
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
        Feed feed = TestFeeds.feed(
                "devices",
                List.of("device_id"),
                "device_id",
                TestFeeds.column("device_id", "DEVICE", Feed.Type.TEXT),
                value);
        return TestFeeds.with(
                feed, new Origin.DroppedFile("devices.parquet", new Origin.Format("parquet", Map.of()), ignored));
    }
}
