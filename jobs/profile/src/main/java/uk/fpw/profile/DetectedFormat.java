package uk.fpw.profile;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import uk.fpw.ingest.file.BoundedInput;
import uk.fpw.ingest.file.CsvFormat;
import uk.fpw.warehouse.failure.FpwException;

/**
 * How a delimited text file is written, found out from its content: the encoding from every byte, delimiter and quote
 * from its beginning.
 *
 * @param format as a feed would declare it, with the empty field as the only null marker
 * @param sample the first records, without the one that the sample cut off; the first of them is the header if there
 *     is one. Records with invalid quotes end it
 */
record DetectedFormat(CsvFormat format, List<List<String>> sample) {

    private static final int SAMPLE_BYTES = 1 << 18;
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int MAX_RECORDS = 1000;
    private static final String DELIMITERS = ",;\t|";

    /** Magic numbers of binary files, in hex. */
    private static final Map<String, String> MAGIC = new TreeMap<>(Map.of(
            "d0cf11e0", "an old Excel or Word file",
            "25504446", "a PDF file",
            "53514c69", "an SQLite database",
            "377abcaf", "a 7-Zip archive",
            "89504e47", "a picture (PNG)",
            "ffd8ff", "a picture (JPEG)"));

    /** Ends of names that promise another kind. */
    private static final Map<String, String> ENDINGS = new TreeMap<>(
            Map.of(".parquet", "a Parquet file", ".xlsx", "an Excel workbook", ".xlsm", "an Excel workbook"));

    private static final String AS_CSV = "save its table as CSV UTF-8, and profile that";

    /**
     * Looks at a file, reading it once to its end.
     *
     * @throws FpwException with {@code CONFIGURATION} if it is not a delimited text file that a feed could read,
     *     {@code UNAVAILABLE} if the disk fails
     */
    static DetectedFormat of(Path file) {
        refuseUnlessReadable(file);
        try {
            byte[] head = head(file, false);
            if (head.length == 0) {
                throw refused(file, "is empty (0 bytes)", "check what the source delivered");
            }
            boolean isGzip = startsWith(head, "1f8b");
            boolean saysGzip =
                    file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".gz");
            if (isGzip != saysGzip) {
                throw refused(
                        file,
                        isGzip ? "is gzip, but its name does not end in .gz" : "ends in .gz, but is not gzip",
                        isGzip
                                ? "rename it to " + file.getFileName() + ".gz"
                                : "rename it without .gz, or deliver it again");
            }
            byte[] sample = isGzip ? head(file, true) : head;
            refuseOtherKinds(file, sample);
            refuseOtherEndings(file);
            Charset encoding = encoding(file, isGzip, sample);
            return format(file, sample, encoding);
        } catch (BoundedInput.TooLargeException tooLarge) {
            throw refused(file, "unpacks to more than " + tooLarge.limit(), "deliver it without gzip");
        } catch (EOFException | ZipException damaged) {
            throw refused(file, "is damaged: its gzip content ends early or is corrupt", "request the file again");
        } catch (IOException failed) {
            throw FpwException.unavailable(file + ": cannot be read; check the storage and try again", failed);
        }
    }

    /**
     * Whether a file is an Excel workbook, regardless of its name.
     *
     * @throws FpwException as {@link #of}
     */
    static boolean isWorkbook(Path file) {
        refuseUnlessReadable(file);
        try {
            byte[] start = head(file, false);
            String names = new String(start, StandardCharsets.ISO_8859_1);
            return startsWith(start, "504b0304") && (names.contains("[Content_Types].xml") || names.contains("xl/"));
        } catch (IOException failed) {
            throw FpwException.unavailable(file + ": cannot be read; check the storage and try again", failed);
        }
    }

    /** The same for a Parquet file. */
    static boolean isParquet(Path file) {
        refuseUnlessReadable(file);
        try {
            return startsWith(head(file, false), "50415231");
        } catch (IOException failed) {
            throw FpwException.unavailable(file + ": cannot be read; check the storage and try again", failed);
        }
    }

    private static void refuseUnlessReadable(Path file) {
        if (Files.isDirectory(file)) {
            throw refused(file, "is a folder", "specify a file in it");
        }
        if (!Files.exists(file)) {
            throw refused(file, "does not exist", "correct the path");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw refused(file, "is not a file that this user can read", "correct its permissions");
        }
    }

    private static byte[] head(Path file, boolean unpack) throws IOException {
        try (InputStream in = open(file, unpack)) {
            return in.readNBytes(SAMPLE_BYTES);
        } catch (AccessDeniedException denied) {
            throw refused(file, "is not a file that this user can read", "correct its permissions");
        }
    }

    private static InputStream open(Path file, boolean unpack) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        return unpack ? new BoundedInput(new GZIPInputStream(bytes, BUFFER_BYTES), Files.size(file)) : bytes;
    }

    private static void refuseOtherKinds(Path file, byte[] start) {
        if (startsWith(start, "504b0304") || startsWith(start, "504b0506")) {
            throw refused(file, "is a zip archive", "unpack it, and profile the file in it");
        }
        MAGIC.forEach((magic, kind) -> {
            if (startsWith(start, magic)) {
                throw refused(file, "is " + kind, AS_CSV);
            }
        });
    }

    /** Of a file that is neither a workbook nor a Parquet file. */
    private static void refuseOtherEndings(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        ENDINGS.forEach((ending, kind) -> {
            if (name.endsWith(ending)) {
                throw refused(
                        file,
                        "ends in " + ending + ", but is not " + kind,
                        "check what the source delivered; if it is a text file, rename it");
            }
        });
    }

    private static boolean startsWith(byte[] start, String hex) {
        byte[] wanted = HexFormat.of().parseHex(hex);
        return start.length >= wanted.length && Arrays.equals(start, 0, wanted.length, wanted, 0, wanted.length);
    }

    /**
     * UTF-8 if every byte of the file allows it, otherwise windows-1252, which is what most other files are; a
     * byte-order mark decides for UTF-16.
     */
    private static Charset encoding(Path file, boolean unpack, byte[] start) throws IOException {
        if (startsWith(start, "fffe")) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(start, "feff")) {
            return StandardCharsets.UTF_16BE;
        }
        for (Charset encoding : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
            if (decodes(file, unpack, encoding)) {
                return encoding;
            }
        }
        throw refused(
                file,
                "is not text: neither UTF-8 nor windows-1252",
                "check what the source delivered; if it has another encoding, convert it to UTF-8");
    }

    private static boolean decodes(Path file, boolean unpack, Charset encoding) throws IOException {
        char[] chars = new char[BUFFER_BYTES];
        // of a decoder, not of a charset: that would replace what does not fit
        try (Reader text = new InputStreamReader(open(file, unpack), encoding.newDecoder())) {
            for (int read = text.read(chars); read >= 0; read = text.read(chars)) {
                if (new String(chars, 0, read).indexOf('\0') >= 0) {
                    throw refused(
                            file,
                            "is not text: it contains NUL bytes",
                            "check what the source delivered; a text file without a byte-order mark must not be "
                                    + "UTF-16");
                }
            }
            return true;
        } catch (CharacterCodingException otherEncoding) {
            return false;
        }
    }

    private static DetectedFormat format(Path file, byte[] bytes, Charset encoding) {
        String read = new String(bytes, encoding);
        String text = read.startsWith("\uFEFF") ? read.substring(1) : read;
        if (text.isBlank()) {
            throw refused(file, "contains only blanks", "check what the source delivered");
        }
        boolean isCut = bytes.length == SAMPLE_BYTES;
        DetectedFormat best = null;
        double bestScore = -1;
        for (char quote : new char[] {'"', '\''}) {
            for (int index = 0; index < DELIMITERS.length(); index++) {
                char delimiter = DELIMITERS.charAt(index);
                List<List<String>> records = records(text, delimiter, quote, isCut);
                double score = score(records) + (quote == '\'' ? quotedShare(records, text, delimiter) : 0.5);
                if (score > bestScore) {
                    bestScore = score;
                    best = new DetectedFormat(new CsvFormat(encoding, delimiter, quote, Set.of("")), records);
                }
            }
        }
        if (best == null || best.sample().isEmpty()) {
            throw refused(file, "has no row that can be split into fields", "check what the source delivered");
        }
        return best;
    }

    /**
     * Rows that have as many fields as the first, and how many these are: more fields are better only if the rows
     * agree.
     */
    private static double score(List<List<String>> records) {
        if (records.isEmpty()) {
            return 0;
        }
        int width = records.get(0).size();
        long alike = records.stream().filter(row -> row.size() == width).count();
        return width == 1 ? 1 : 10.0 * alike / records.size() + Math.min(width, 100) / 20.0;
    }

    /**
     * A single quote counts as a quote only if it is at both ends of most fields that have any; otherwise it
     * is an apostrophe.
     */
    private static double quotedShare(List<List<String>> records, String text, char delimiter) {
        long opened = text.lines()
                .filter(line -> line.startsWith("'") && line.contains("'" + delimiter))
                .count();
        return opened > records.size() / 2 && !text.contains("\"") ? 1 : -100;
    }

    private static List<List<String>> records(String text, char delimiter, char quote, boolean isCut) {
        List<List<String>> records = new ArrayList<>();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text))
                .setFormat(CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(delimiter)
                        .setQuote(quote)
                        .setIgnoreSurroundingSpaces(true)
                        .setIgnoreEmptyLines(false)
                        .get())
                .get()) {
            for (CSVRecord found : parser) {
                if (found.size() > 1 || !found.get(0).isBlank()) {
                    records.add(found.toList());
                }
                if (records.size() == MAX_RECORDS) {
                    return records;
                }
            }
        } catch (IOException | RuntimeException unsound) {
            // Invalid quotes: the loader reports the position when the rows are read.
            return records;
        }
        if (isCut && !records.isEmpty()) {
            records.remove(records.size() - 1);
        }
        return records;
    }

    private static FpwException refused(Path file, String problem, String remedy) {
        return FpwException.configuration(file + ": " + problem + "; " + remedy);
    }
}
