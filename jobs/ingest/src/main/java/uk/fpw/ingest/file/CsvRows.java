package uk.fpw.ingest.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Closing;
import uk.fpw.ingest.source.ContentHash;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles;

/**
 * The rows of a file in order, with their start lines. Empty lines are skipped. A damaged file, or one that does not
 * match the feed, leads to a {@link FpwException} with {@code BAD_DATA}.
 */
public final class CsvRows implements SourceRows {

    private static final int BUFFER_BYTES = 1 << 16;

    /** No table of an operational system has that many columns; a file with more is something else. */
    private static final int MAX_COLUMNS = 2000;

    private static final String OTHER_DELIMITERS = ",;\t|";

    private static final FileHeader.Words HEADER = new FileHeader.Words(
            ":1",
            "the header",
            "the first line is not the header",
            "ask the source to write a header, or correct each column's 'from'",
            "check the first line of the file: if its line break is missing, ask the source to deliver "
                    + "it again; if these are new columns, list them under 'columns' or 'ignored'",
            true);

    private static final Pattern START_LINE = Pattern.compile("\\(startline ([^)]*)\\)");

    private final FeedFile file;
    private final CsvFormat format;
    private final ProcessedFiles.@Nullable State state;
    private final InputStream bytes;
    private final MessageDigest digest;
    private final DecodingReader reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final int[] positions;
    private final int width;
    private final ContentHash contentHash = new ContentHash();
    private long nextLine = 1;

    private CsvRows(
            FeedFile file,
            CsvFormat format,
            ProcessedFiles.@Nullable State state,
            InputStream bytes,
            MessageDigest digest,
            DecodingReader reader)
            throws IOException {
        this.file = file;
        this.format = format;
        this.state = state;
        this.bytes = bytes;
        this.digest = digest;
        this.reader = reader;
        this.parser = CSVParser.builder()
                .setReader(reader)
                .setFormat(CSVFormat.DEFAULT
                        .builder()
                        .setDelimiter(format.delimiter())
                        .setQuote(format.quote())
                        .setIgnoreSurroundingSpaces(true)
                        .setIgnoreEmptyLines(false)
                        .get())
                .get();
        this.records = parser.iterator();
        CSVRecord header = nextRecord();
        if (header == null) {
            throw file.badData(
                    0,
                    "the file is empty and has no header",
                    "check what the source delivered, and replace it with a complete extract");
        }
        if (header.size() == 1 && header.get(0).isBlank()) {
            throw file.badData(
                    1,
                    "the first line is empty, but must be the header",
                    "ask the source to write the header on the first line");
        }
        if (header.size() > MAX_COLUMNS) {
            throw file.badData(
                    1,
                    "the first line has " + header.size() + " fields, more than the " + MAX_COLUMNS
                            + " columns that a file may have",
                    "check whether it is the file that the feed declares");
        }
        this.positions = positions(file, format, header.toList());
        this.width = header.size();
    }

    static CsvRows open(FeedFile file, CsvFormat format) {
        MessageDigest digest = Sha256.digest();
        ProcessedFiles.State state = ChangedFiles.state(file.path());
        InputStream bytes = null;
        try {
            bytes = new DigestInputStream(
                    new BufferedInputStream(Files.newInputStream(file.path()), BUFFER_BYTES), digest);
            BufferedInputStream content = new BufferedInputStream(bytes, BUFFER_BYTES);
            byte[] start = beginning(content);
            boolean isGzip = start.length >= 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
            boolean saysGzip = file.name().toLowerCase(Locale.ROOT).endsWith(".gz");
            if (start.length == 0) {
                throw file.badData(
                        0,
                        "the file is empty (0 bytes)",
                        "check what the source delivered, and replace it with a complete extract");
            }
            if (saysGzip != isGzip) {
                throw file.badData(
                        0,
                        saysGzip
                                ? "the file name ends in .gz but the content is not gzip"
                                : "the content is gzip but the file name does not end in .gz",
                        "correct the name, and 'file' in " + file.definition() + " with it, or deliver it again");
            }
            BufferedInputStream text = isGzip
                    ? new BufferedInputStream(
                            new BoundedInput(new GZIPInputStream(content, BUFFER_BYTES), Files.size(file.path())),
                            BUFFER_BYTES)
                    : content;
            ContentCheck.refuse(file, format.encoding(), isGzip ? beginning(text) : start);
            DecodingReader reader = new DecodingReader(text, format.encoding());
            return new CsvRows(file, format, state, bytes, digest, reader);
        } catch (IOException failed) {
            Closing.quietly(bytes);
            throw failure(file, format, 1, failed);
        } catch (RuntimeException failed) {
            Closing.quietly(bytes);
            throw failed;
        }
    }

    /**
     * The positions of the feed's columns in a row. If the header is a single field, the message suggests the delimiter
     * that it contains instead.
     */
    private static int[] positions(FeedFile file, CsvFormat format, List<String> header) {
        String other = header.size() == 1
                        && file.feed().columns().size()
                                        + file.dropped().ignored().size()
                                > 1
                ? otherDelimiter(format, header.get(0))
                : null;
        if (other != null && !FileHeader.isDeclared(file, header)) {
            throw file.badData(
                    1,
                    "the header is one field, not split by the delimiter '"
                            + DisplayText.text(String.valueOf(format.delimiter())) + "' that " + file.definition()
                            + " declares, but contains '" + DisplayText.text(other) + "'",
                    "correct format.delimiter");
        }
        return FileHeader.positions(file, header, HEADER);
    }

    private static @Nullable String otherDelimiter(CsvFormat format, String header) {
        return OTHER_DELIMITERS
                .chars()
                .filter(other -> other != format.delimiter() && header.indexOf(other) >= 0)
                .mapToObj(Character::toString)
                .findFirst()
                .orElse(null);
    }

    /** Returns the first bytes without consuming them. */
    private static byte[] beginning(BufferedInputStream content) throws IOException {
        content.mark(ContentCheck.LENGTH + 1);
        byte[] start = content.readNBytes(ContentCheck.LENGTH);
        content.reset();
        return start;
    }

    /** The next row; null at the end of the file. */
    @Override
    public @Nullable SourceRow next() {
        while (true) {
            long line = nextLine;
            CSVRecord record = nextRecord();
            if (record == null) {
                return null;
            }
            if (record.size() == 1 && width > 1 && record.get(0).isBlank()) {
                continue;
            }
            if (record.size() == width) {
                List<@Nullable Object> fields = fields(record);
                return new SourceRow(line, width, fields, contentHash.of(fields).getAsLong(), false);
            }
            if (record.size() < width && !hasNext() && !reader.endsWithLineBreak()) {
                throw file.badData(
                        line,
                        "the file is truncated: its last row has " + record.size() + " of " + width
                                + " fields and no line break",
                        "replace it with a complete extract");
            }
            return new SourceRow(line, record.size(), List.of(), 0, false);
        }
    }

    /** Number of fields that every row must have, which is that of the header. */
    @Override
    public int width() {
        return width;
    }

    /** SHA-256 (hex) of the complete file in the drop folder. */
    @Override
    public String digest() {
        try {
            bytes.transferTo(OutputStream.nullOutputStream());
        } catch (IOException failed) {
            throw failure(file, format, 0, failed);
        }
        if (!Objects.equals(ChangedFiles.state(file.path()), state)) {
            throw file.changed();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    @Override
    public void close() {
        Closing.quietly(reader);
        Closing.quietly(bytes);
    }

    private List<@Nullable Object> fields(CSVRecord record) {
        Set<String> nullMarkers = format.nullMarkers();
        List<@Nullable Object> fields = new ArrayList<>(positions.length);
        List<Feed.Column> columns = file.feed().columns();
        for (int index = 0; index < positions.length; index++) {
            String text =
                    columns.get(index).transformed(record.get(positions[index]).strip());
            fields.add(nullMarkers.contains(text) ? null : text);
        }
        return fields;
    }

    private @Nullable CSVRecord nextRecord() {
        if (!hasNext()) {
            return null;
        }
        CSVRecord record = records.next();
        reader.beginRow();
        nextLine = parser.getCurrentLineNumber() + 1;
        return record;
    }

    private boolean hasNext() {
        try {
            return records.hasNext();
        } catch (UncheckedIOException failed) {
            IOException cause = failed.getCause();
            throw failure(file, format, nextLine, cause == null ? new IOException(failed) : cause);
        }
    }

    private static FpwException failure(FeedFile file, CsvFormat format, long line, IOException failed) {
        if (failed instanceof DecodingReader.UndecodableException undecodable) {
            Charset encoding = format.encoding();
            return file.badData(
                    undecodable.line(),
                    "the bytes " + undecodable.bytes() + " are not " + encoding.name() + ", the encoding that "
                            + file.definition() + " declares",
                    "ask the source to write " + encoding.name() + ", or correct format.encoding"
                            + (encoding.equals(StandardCharsets.UTF_8)
                                    ? " (files from Windows are often windows-1252)"
                                    : ""));
        }
        if (failed instanceof DecodingReader.RowTooLongException) {
            return file.badData(
                    line,
                    "the row that starts here has more than " + DecodingReader.MAX_ROW_CHARACTERS + " characters",
                    "a quote in it is probably not closed, or it is not a text file: check "
                            + "what the source delivered, and replace it with a complete extract");
        }
        if (failed instanceof BoundedInput.TooLargeException tooLarge) {
            return file.badData(
                    line,
                    "the uncompressed content is larger than " + tooLarge.limit(),
                    "no extract compresses this well: check what the source delivered, or request it without gzip");
        }
        if (failed instanceof EOFException) {
            return file.badData(
                    0, "the file is truncated: its gzip content ends early", "replace it with a complete extract");
        }
        if (failed instanceof ZipException) {
            return file.badData(
                    0, "the file is damaged: its gzip content is corrupt", "replace it with a complete extract");
        }
        if (failed instanceof CSVException) {
            return badQuotes(file, format.quote(), line, String.valueOf(failed.getMessage()));
        }
        return FpwException.unavailable(
                file.path() + ": cannot be read: " + failed.getMessage() + "; check the storage and run again", failed);
    }

    private static FpwException badQuotes(FeedFile file, char quote, long rowLine, String message) {
        Matcher start = START_LINE.matcher(message);
        if (start.find()) {
            String digits = start.group(1).replaceAll("\\D", "");
            return file.badData(
                    digits.isEmpty() ? rowLine : Long.parseLong(digits),
                    "a quote (" + quote + ") opens here but is never closed",
                    "the file is truncated, or a quote in a value is not doubled: ask the source to write " + quote
                            + quote + " for a quote in a value" + file.orCorrect("format.quote"));
        }
        return file.badData(
                rowLine,
                "in the row that begins here a quote (" + quote
                        + ") opens a field, but the next quote does not end it: it is followed by other text",
                "ask the source to write " + quote + quote + " for a quote in a value"
                        + file.orCorrect("format.quote"));
    }
}
