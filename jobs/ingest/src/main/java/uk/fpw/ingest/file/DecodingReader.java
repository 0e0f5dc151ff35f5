package uk.fpw.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;

/**
 * Decodes a file strictly and reports the position of bytes that the encoding does not allow, which
 * {@code InputStreamReader} would not.
 */
final class DecodingReader extends Reader {

    /** A byte sequence that is invalid in the declared encoding. */
    static final class UndecodableException extends IOException {

        private final long line;
        private final String bytes;

        UndecodableException(long line, String bytes) {
            super("undecodable bytes in line " + line);
            this.line = line;
            this.bytes = bytes;
        }

        long line() {
            return line;
        }

        /** The bytes in hex. */
        String bytes() {
            return bytes;
        }
    }

    /** A row that is too long. */
    static final class RowTooLongException extends IOException {

        RowTooLongException() {
            super("a row of more than " + MAX_ROW_CHARACTERS + " characters");
        }
    }

    /**
     * Maximum number of characters in a row. The longest texts exported by operational systems have some ten thousand;
     * without a limit, a file with unbalanced quotes would be read into memory as a single field.
     */
    static final int MAX_ROW_CHARACTERS = 1_000_000;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private boolean ended;
    private boolean flushed;
    private boolean begun;
    private long line = 1;
    private long inRow;
    private char last = '\n';

    DecodingReader(InputStream in, Charset encoding) {
        this.in = in;
        this.decoder = encoding.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    /** Whether the characters read so far end with a line break. */
    boolean endsWithLineBreak() {
        return last == '\n' || last == '\r';
    }

    /** Starts another row: characters read from now on count for it, except for those already read ahead. */
    void beginRow() {
        inRow = 0;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        CharBuffer chars = CharBuffer.wrap(target, offset, length).slice();
        while (chars.position() == 0) {
            if (flushed) {
                return -1;
            }
            CoderResult result = decoder.decode(bytes, chars, ended);
            if (chars.position() > 0) {
                skipByteOrderMark(chars);
            } else if (result.isError()) {
                throw new UndecodableException(line, undecodable(result.length()));
            } else if (ended) {
                decoder.flush(chars);
                flushed = true;
            } else {
                fill();
            }
        }
        inRow += chars.position();
        if (inRow > MAX_ROW_CHARACTERS + BUFFER_BYTES) {
            throw new RowTooLongException();
        }
        count(target, offset, chars.position());
        return chars.position();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void skipByteOrderMark(CharBuffer chars) {
        if (!begun && chars.array()[chars.arrayOffset()] == '\uFEFF') {
            int start = chars.arrayOffset();
            System.arraycopy(chars.array(), start + 1, chars.array(), start, chars.position() - 1);
            chars.position(chars.position() - 1);
        }
        begun = true;
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        if (read < 0) {
            ended = true;
        } else {
            bytes.position(bytes.position() + read);
        }
        bytes.flip();
    }

    private void count(char[] chars, int offset, int length) {
        for (int index = offset; index < offset + length; index++) {
            char next = chars[index];
            if (next == '\r' || (next == '\n' && last != '\r')) {
                line++;
            }
            last = next;
        }
    }

    private String undecodable(int length) {
        byte[] wrong = new byte[Math.min(length, bytes.remaining())];
        bytes.get(bytes.position(), wrong);
        return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(wrong);
    }
}
