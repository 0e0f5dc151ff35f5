package uk.fpw.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows with PostgreSQL's {@code copy}, as CSV. Every value is quoted, so that an empty text is not read as
 * null.
 */
final class CopyWriter implements RowWriter {

    private static final int CHUNK_CHARACTERS = 1 << 16;

    private final CopyIn copy;
    private final StringBuilder chunk = new StringBuilder(CHUNK_CHARACTERS + (CHUNK_CHARACTERS >> 2));
    private final CSVPrinter printer;

    CopyWriter(PGConnection connection, String target) throws SQLException {
        try {
            printer = new CSVPrinter(chunk, CSVFormat.POSTGRESQL_CSV);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        copy = connection.getCopyAPI().copyIn("copy " + target + " from stdin (format csv)");
    }

    @Override
    public void write(@Nullable Object[] values) throws SQLException {
        try {
            printer.printRecord(values);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (chunk.length() >= CHUNK_CHARACTERS) {
            send();
        }
    }

    private void send() throws SQLException {
        try {
            // this encoder rejects invalid Unicode, where others would write question marks
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(chunk));
            copy.writeToCopy(bytes.array(), bytes.arrayOffset(), bytes.remaining());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        chunk.setLength(0);
    }

    @Override
    public void finish() throws SQLException {
        send();
        copy.endCopy();
    }

    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
