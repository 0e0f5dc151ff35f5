package uk.fpw.warehouse.store.absence;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.warehouse.store.absence.FileSearch.Gap;
import uk.fpw.warehouse.store.absence.FileSearch.Hit;

class FileSearchTest {

    private static final String CANARY = "Zoë <canary> & Söhne";
    private static final String PSEUDONYM = "H7QK2MZXA4TWNB5CYD3FGJ6EPR";
    private static final Needles NEEDLES = Needles.of(List.of(CANARY), List.of(PSEUDONYM, "dfu:" + PSEUDONYM));

    /** Its place in the header of the first entry of an archive. */
    private static final int METHOD_OF_ENTRY = 8;

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void resolveLinks() throws IOException {
        folder = temporary.toRealPath();
    }

    @Test
    void everyFormOfATextIsFoundAndTheResultDoesNotContainIt() throws Exception {
        write("utf8.json", "{\"name\": \"" + CANARY + "\"}");
        Files.write(folder.resolve("utf16le.bin"), CANARY.getBytes(UTF_16LE));
        Files.write(folder.resolve("utf16be.bin"), CANARY.getBytes(UTF_16BE));
        write("page.html", "<td>Zoë &lt;canary&gt; &amp; Söhne</td>");
        for (int before = 0; before < 3; before++) {
            write(
                    "base64-" + before,
                    Base64.getEncoder().encodeToString(("x".repeat(before) + CANARY).getBytes(UTF_8)));
        }
        write("other.json", "{\"name\": \"Zoë <canary> & Tochter\"}");

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.hits())
                .containsExactlyInAnyOrder(
                        hit("utf8.json"),
                        hit("utf16le.bin"),
                        hit("utf16be.bin"),
                        hit("page.html"),
                        hit("base64-0"),
                        hit("base64-1"),
                        hit("base64-2"));
        assertThat(found.gaps()).isEmpty();
        assertThat(found.searchedCount()).isEqualTo(8);
        assertThat(found.isProof()).isFalse();
    }

    @Test
    void pseudonymsAreFoundWhereManifestsTruncateThem() throws Exception {
        write("smallest", PSEUDONYM.substring(0, 16));
        write("largest", PSEUDONYM.substring(0, 15) + "X"); // Iceberg increases the last character
        write("item", "dfu:" + PSEUDONYM.substring(0, 12));
        write("too little of it", PSEUDONYM.substring(0, 14));

        assertThat(FileSearch.search(NEEDLES, List.of(folder)).hits())
                .containsExactlyInAnyOrder(hit("smallest"), hit("largest"), new Hit(folder + "/item", 1));
    }

    @Test
    void namesAndLinksAreSearchedToo() throws Exception {
        Files.createDirectory(folder.resolve("inner"));
        write("inner/case-" + PSEUDONYM + ".csv", "count");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("/elsewhere/" + PSEUDONYM));

        assertThat(FileSearch.search(NEEDLES, List.of(folder)).hits())
                .containsExactlyInAnyOrder(
                        new Hit(folder + "/inner/(a file whose name contains it)", 1), new Hit(folder + "/link", 1));
    }

    @Test
    void aTextAcrossTheBorderOfTwoBuffersIsFoundOnce() {
        byte[] canary = CANARY.getBytes(UTF_8);
        byte[] bytes = new byte[300_000];
        for (int at = 65_000; at < 67_000; at++) {
            Arrays.fill(bytes, (byte) '.');
            System.arraycopy(canary, 0, bytes, at, canary.length);
            ByteSearch search = new ByteSearch(NEEDLES);
            for (int from = 0; from < bytes.length; from += 30_000) {
                search.add(bytes, from, 30_000);
            }
            search.end();
            assertThat(search.count()).as("at %s", at).isEqualTo(1);
        }
    }

    @Test
    void textsOfTwoStreamsAreNotJoined() {
        ByteSearch search = new ByteSearch(NEEDLES);
        byte[] canary = CANARY.getBytes(UTF_8);
        search.add(canary, 0, 10);
        search.end();
        search.add(canary, 10, canary.length - 10);
        search.end();
        assertThat(search.count()).isZero();
    }

    /** As workbooks are written: the end of an entry cannot be found without the list at the end of the archive. */
    @Test
    void archiveThatCanOnlyBeReadByItsListIsSearched() throws Exception {
        byte[] archive = zip("xl/sharedStrings.xml", CANARY.getBytes(UTF_8));
        archive[METHOD_OF_ENTRY] = 0;
        Files.write(folder.resolve("book.xlsx"), archive);
        Files.write(folder.resolve("inner.gz"), gzip(archive));
        Files.write(folder.resolve("cut.xlsx"), Arrays.copyOf(archive, archive.length - 12));

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.hits()).containsExactly(hit("book.xlsx"));
        assertThat(found.gaps())
                .extracting(Gap::place)
                .containsExactlyInAnyOrder(folder + "/inner.gz", folder + "/cut.xlsx");
    }

    @Test
    void compressedFilesAreSearchedInsideOfEachOther() throws Exception {
        Files.write(folder.resolve("rows.csv.gz"), gzip(CANARY.getBytes(UTF_8)));
        Files.write(
                folder.resolve("book.xlsx"),
                zip("xl/sharedStrings.xml", "<si>Zoë &lt;canary&gt; &amp; Söhne</si>".getBytes(UTF_8)));
        Files.write(folder.resolve("twice.zip"), zip("inner.gz", gzip(CANARY.getBytes(UTF_8))));
        Files.write(folder.resolve("none.zip"), zip("inner.gz", gzip("Zoë".getBytes(UTF_8))));

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.hits()).containsExactlyInAnyOrder(hit("rows.csv.gz"), hit("book.xlsx"), hit("twice.zip"));
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void filesThatCannotBeDecompressedAreNoProof() throws Exception {
        byte[] gzip = gzip(("no canary" + "x".repeat(1000)).getBytes(UTF_8));
        Files.write(folder.resolve("cut.gz"), Arrays.copyOf(gzip, gzip.length - 12));
        Files.write(folder.resolve("some.zst"), new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0});
        write("warehouse.dump", "PGDMP and more");
        Files.write(folder.resolve("broken.parquet"), "PAR1 and more".getBytes(UTF_8));

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.hits()).isEmpty();
        assertThat(found.gaps())
                .containsExactlyInAnyOrder(
                        gap("cut.gz", "cannot be decompressed (EOFException)"),
                        gap("some.zst", "is compressed by zstd, which this program cannot decompress"),
                        gap("warehouse.dump", "is a dump of PostgreSQL, which this program cannot decompress"),
                        gap("broken.parquet", "cannot be decompressed (RuntimeException)"));
        assertThat(found.isProof()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PARQUET_1_0, ZSTD, true",
        "PARQUET_1_0, SNAPPY, false",
        "PARQUET_1_0, GZIP, false",
        "PARQUET_1_0, UNCOMPRESSED, false",
        "PARQUET_2_0, ZSTD, true",
        "PARQUET_2_0, ZSTD, false", // texts share their beginning with the one before
        "PARQUET_2_0, UNCOMPRESSED, false",
    })
    void parquetIsFoundInEveryEncoding(WriterVersion version, CompressionCodecName codec, boolean isDictionary)
            throws Exception {
        MessageType schema = MessageTypeParser.parseMessageType("""
                message row {
                  required int64 number;
                  optional binary name (STRING);
                  optional group many (MAP) { repeated group key_value {
                      required binary key (STRING); optional binary value (STRING); } }
                }""");
        parquet("name", schema, version, codec, isDictionary, "name");
        parquet("key", schema, version, codec, isDictionary, "key");
        parquet("value", schema, version, codec, isDictionary, "value");
        parquet("none", schema, version, codec, isDictionary, "");

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.gaps()).isEmpty();
        assertThat(found.hits())
                .extracting(Hit::place)
                .containsExactlyInAnyOrder(folder + "/name", folder + "/key", folder + "/value");
    }

    /** The canary is neither the smallest nor the largest text, which the footer contains. */
    private void parquet(
            String file,
            MessageType schema,
            WriterVersion version,
            CompressionCodecName codec,
            boolean isDictionary,
            String where)
            throws IOException {
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(folder.resolve(file)))
                .withType(schema)
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(isDictionary)
                .withPageSize(4096)
                .withRowGroupSize(64L * 1024)
                .build()) {
            SimpleGroupFactory rows = new SimpleGroupFactory(schema);
            for (int i = 0; i < 5000; i++) {
                Group row = rows.newGroup().append("number", (long) i);
                boolean isCanary = i == 3333;
                if (i % 7 != 0) {
                    row.append(
                            "name", isCanary && where.equals("name") ? CANARY : "Zoë <" + (isDictionary ? i % 9 : i));
                }
                Group entry = row.addGroup("many").addGroup("key_value");
                entry.append("key", isCanary && where.equals("key") ? CANARY : "Zoë <" + i % 5);
                entry.append("value", isCanary && where.equals("value") ? CANARY : "Zoë <" + i);
                writer.write(row);
            }
        }
    }

    @Test
    void blocksOfAvroAreSearched() throws Exception {
        Schema schema =
                SchemaBuilder.record("row").fields().requiredString("name").endRecord();
        for (String text : List.of(CANARY, "Zoë")) {
            try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
                writer.setCodec(CodecFactory.deflateCodec(9));
                writer.create(
                        schema,
                        folder.resolve(text.equals(CANARY) ? "canary.avro" : "none.avro")
                                .toFile());
                for (int i = 0; i < 1000; i++) {
                    writer.append(new GenericRecordBuilder(schema)
                            .set("name", i == 500 ? text : "x")
                            .build());
                }
            }
        }

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.hits()).containsExactly(hit("canary.avro"));
        assertThat(found.gaps()).isEmpty();
    }

    @Test
    void blobsOfPuffinAreSearched() throws Exception {
        for (String text : List.of(CANARY, "Zoë")) {
            Path file = folder.resolve(text.equals(CANARY) ? "canary.puffin" : "none.puffin");
            try (PuffinWriter writer = Puffin.write(org.apache.iceberg.Files.localOutput(file.toFile()))
                    .compressBlobs(PuffinCompressionCodec.ZSTD)
                    .build()) {
                writer.add(new Blob(
                        "test", List.of(1), 1, 1, ByteBuffer.wrap(("x".repeat(500) + text.repeat(3)).getBytes(UTF_8))));
            }
        }

        FileSearch.Result found = FileSearch.search(NEEDLES, List.of(folder));

        assertThat(found.gaps()).isEmpty();
        assertThat(found.hits()).extracting(Hit::place).containsExactly(folder + "/canary.puffin");
    }

    @Test
    void shortTextsAreCountedButNotSearched() throws Exception {
        Needles needles = Needles.of(List.of("4711", CANARY), List.of());
        write("numbers", "147110");

        assertThat(needles.tooShortCount()).isEqualTo(1);
        assertThat(FileSearch.search(needles, List.of(folder)).isProof()).isTrue();
        assertThat(needles.toString()).doesNotContain("canary");
    }

    private Hit hit(String file) {
        return new Hit(folder + "/" + file, 1);
    }

    private Gap gap(String file, String reason) {
        return new Gap(folder + "/" + file, reason);
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] zip(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            out.putNextEntry(new ZipEntry("before"));
            out.write("nothing".getBytes(UTF_8));
            out.putNextEntry(new ZipEntry(name));
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
