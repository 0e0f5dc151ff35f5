package uk.fpw.warehouse.store.absence;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinReader;

/**
 * Searches files: their bytes and, if they are compressed, what they contain, also inside of each other. The format
 * follows from the first bytes, not from the name. Needs memory for a column of a row group of Parquet, a block of
 * Avro, a transaction of H2 or a blob of Puffin.
 */
final class FileContents {

    private static final int DEEPEST = 5;
    private static final int MAGIC = 16;

    private final Needles needles;

    /** One for each depth of files inside of each other. */
    private final List<ByteSearch> searches = new ArrayList<>();

    private Set<String> unsearched = new TreeSet<>();

    FileContents(Needles needles) {
        this.needles = needles;
    }

    /**
     * The occurrences in a file.
     *
     * @param unsearched why parts of it could not be searched, empty if everything was
     */
    record Searched(long count, Set<String> unsearched) {}

    /** Searches a regular file. */
    Searched search(Path file) throws IOException {
        unsearched = new TreeSet<>();
        long before = count();
        try (InputStream in = Files.newInputStream(file)) {
            search(in, 0, file);
        }
        return new Searched(count() - before, unsearched);
    }

    /** Searches a text. */
    long search(String text) {
        long before = count();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        at(0).add(bytes, 0, bytes.length);
        at(0).end();
        return count() - before;
    }

    private long count() {
        return searches.stream().mapToLong(ByteSearch::count).sum();
    }

    private ByteSearch at(int depth) {
        while (searches.size() <= depth) {
            searches.add(new ByteSearch(needles));
        }
        return searches.get(depth);
    }

    private void search(InputStream from, int depth, Path file) throws IOException {
        InputStream in = new BufferedInputStream(new Searching(from, at(depth)), 1 << 16);
        in.mark(MAGIC);
        byte[] magic = in.readNBytes(MAGIC);
        in.reset();
        try {
            contents(Format.of(magic), in, depth, file);
        } catch (Unsearched found) {
            unsearched.add(String.valueOf(found.getMessage()));
        } catch (IOException | RuntimeException unreadable) {
            unsearched.add("cannot be decompressed (" + unreadable.getClass().getSimpleName() + ")");
        }
        in.transferTo(OutputStream.nullOutputStream());
        at(depth).end();
    }

    private void contents(Format format, InputStream in, int depth, Path file) throws IOException, Unsearched {
        if (format == Format.PLAIN) {
            return;
        }
        if (depth == DEEPEST) {
            throw new Unsearched("contains files inside of each other, " + DEEPEST + " deep");
        }
        boolean isFile = depth == 0;
        ByteSearch inside = at(depth + 1);
        switch (format) {
            case GZIP -> search(new GZIPInputStream(in), depth + 1, file);
            case ZIP -> zip(in, depth, file);
            case AVRO -> avro(in, inside);
            case H2 -> H2Contents.search(in, inside);
            case PARQUET -> {
                if (!isFile) {
                    throw new Unsearched("contains a Parquet file");
                }
                ParquetContents.search(file, inside);
            }
            case PUFFIN -> {
                if (!isFile) {
                    throw new Unsearched("contains a Puffin file");
                }
                puffin(file, inside);
            }
            case SEALED -> throw new Unsearched("is the sealed file of a restriction: what it contains is encrypted");
            default -> throw new Unsearched("is " + format.title + ", which this program cannot decompress");
        }
    }

    /**
     * The entries one after another, also those that the archive no longer lists. Those of some writers, such as
     * workbooks, have ends that only who reads the list first can read; then what is listed is searched.
     */
    private void zip(InputStream in, int depth, Path file) throws IOException {
        try {
            ZipInputStream entries = new ZipInputStream(in);
            while (entries.getNextEntry() != null) {
                search(entries, depth + 1, file);
            }
        } catch (ZipException unreadable) {
            searches.subList(depth + 1, searches.size()).forEach(ByteSearch::end);
            if (depth > 0) {
                throw unreadable;
            }
            try (ZipFile zip = new ZipFile(file.toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    try (InputStream contents = zip.getInputStream(entry)) {
                        search(contents, depth + 1, file);
                    }
                }
            }
        }
    }

    private static void avro(InputStream in, ByteSearch search) throws IOException {
        DataFileStream<Object> rows = new DataFileStream<>(in, new GenericDatumReader<>());
        while (rows.hasNext()) {
            add(search, rows.nextBlock());
        }
    }

    private static void puffin(Path file, ByteSearch search) throws IOException {
        try (PuffinReader reader =
                Puffin.read(org.apache.iceberg.Files.localInput(file.toFile())).build()) {
            reader.readAll(reader.fileMetadata().blobs()).forEach(blob -> add(search, blob.second()));
        }
    }

    /** One stream of its own. */
    static void add(ByteSearch search, ByteBuffer bytes) {
        ByteBuffer from = bytes.duplicate();
        byte[] part = new byte[1 << 16];
        while (from.hasRemaining()) {
            int length = Math.min(part.length, from.remaining());
            from.get(part, 0, length);
            search.add(part, 0, length);
        }
        search.end();
    }

    /** What the first bytes of a file say. */
    private enum Format {
        PLAIN("a plain file", ""),
        GZIP("compressed by gzip", "\u001f\u008b"),
        ZIP("an archive", "PK\u0003\u0004"),
        AVRO("an Avro file", "Obj\u0001"),
        PARQUET("a Parquet file", "PAR1"),
        PUFFIN("a Puffin file", "PFA1"),
        H2("a database file of H2", "H:"),
        ZSTD("compressed by zstd", "(\u00b5/\u00fd"),
        BZIP2("compressed by bzip2", "BZh"),
        XZ("compressed by xz", "\u00fd7zXZ"),
        SEVEN_ZIP("an archive of 7-Zip", "7z\u00bc\u00af"),
        LZ4("compressed by lz4", "\u0004\"M\u0018"),
        POSTGRESQL_DUMP("a dump of PostgreSQL", "PGDMP"),
        SEALED("the sealed file of a restriction", "FPWSEAL1"),
        DUCKDB("a database file of DuckDB", "");

        private static final String DUCKDB_MAGIC = "DUCK";
        private static final int DUCKDB_MAGIC_AT = 8;

        private final String title;

        /** A character for each byte. */
        private final String magic;

        Format(String title, String magic) {
            this.title = title;
            this.magic = magic;
        }

        static Format of(byte[] bytes) {
            String begin = new String(bytes, StandardCharsets.ISO_8859_1);
            for (Format format : values()) {
                if (!format.magic.isEmpty() && begin.startsWith(format.magic)) {
                    return format;
                }
            }
            return begin.startsWith(DUCKDB_MAGIC, DUCKDB_MAGIC_AT) ? DUCKDB : PLAIN;
        }
    }

    /** Searches everything that is read. Closing it closes nothing, because an archive has more entries. */
    private static final class Searching extends FilterInputStream {

        private final ByteSearch search;

        Searching(InputStream in, ByteSearch search) {
            super(in);
            this.search = search;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int count = super.read(bytes, from, length);
            if (count > 0) {
                search.add(bytes, from, count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(count, 1 << 13)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public void close() {
            // the caller closes the file
        }
    }
}
