package uk.fpw.ingest.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Gap;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.Feed;

/** One reading of an extract, row by row, a batch fetched at a time. */
final class DatabaseRows implements SourceRows {

    private final PreparedStatement statement;
    private final ResultSet results;
    private final List<SourceColumn> columns;
    private final List<Feed.Column> declared;
    private final @Nullable CursorColumn cursor;
    private final @Nullable CursorScan scan;
    private final SourceFailures failures;
    private final MessageDigest sha256;
    private long count;
    private long firstSum;
    private long secondSum;

    private DatabaseRows(
            PreparedStatement statement,
            ResultSet results,
            ExtractQuery query,
            @Nullable CursorColumn cursor,
            CursorColumn.@Nullable Start start,
            SourceFailures failures) {
        this.statement = statement;
        this.results = results;
        this.columns = query.columns();
        this.declared = query.declared();
        this.cursor = cursor;
        this.scan = cursor == null ? null : new CursorScan(cursor, start);
        this.failures = failures;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java has no SHA-256", impossible);
        }
    }

    /**
     * Begins to read.
     *
     * @param start up to where changes are known; null if nothing is
     * @param threshold lowest value of the cursor that is read; null for everything
     */
    static DatabaseRows open(
            Connection connection,
            ExtractQuery query,
            @Nullable CursorColumn cursor,
            CursorColumn.@Nullable Start start,
            @Nullable Object threshold,
            SourceFailures failures)
            throws SQLException {
        PreparedStatement statement = query.statement(connection, threshold);
        try {
            return new DatabaseRows(statement, statement.executeQuery(), query, cursor, start, failures);
        } catch (SQLException | RuntimeException failed) {
            statement.close();
            throw failed;
        }
    }

    @Override
    public @Nullable SourceRow next() {
        try {
            if (!results.next()) {
                return null;
            }
            count++;
            List<@Nullable String> texts = new ArrayList<>(columns.size());
            for (int index = 0; index < columns.size(); index++) {
                String text = columns.get(index).read(results, index + 1);
                String stripped = text == null ? "" : declared.get(index).transformed(text.strip());
                texts.add(stripped.isEmpty() ? null : stripped);
            }
            add(texts);
            if (scan != null && cursor != null) {
                scan.see(texts.get(cursor.position()));
            }
            return new SourceRow(
                    count, columns.size(), Collections.unmodifiableList(texts), scan != null && scan.isMissed());
        } catch (SQLException failed) {
            throw failures.of(failed, count);
        }
    }

    @Override
    public int width() {
        return columns.size();
    }

    /** The sum of the rows' hashes, so that the order in which a database yields equal rows does not matter. */
    @Override
    public String digest() {
        ByteBuffer sums = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(count)
                .putLong(firstSum)
                .putLong(secondSum)
                .flip();
        sha256.update(sums);
        return HexFormat.of().formatHex(sha256.digest());
    }

    @Override
    public @Nullable String highest() {
        return scan == null ? null : scan.highest();
    }

    @Override
    public @Nullable String cursor() {
        return scan == null ? null : scan.latest();
    }

    @Override
    public boolean isBehind() {
        return scan != null && scan.isBehind();
    }

    @Override
    public @Nullable Gap gap() {
        return scan == null ? null : scan.gap();
    }

    @Override
    public void close() {
        try (statement) {
            results.close();
        } catch (SQLException ignored) {
            // Only read from; nothing is lost.
        }
    }

    private void add(List<@Nullable String> texts) {
        for (String text : texts) {
            byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
            sha256.update(ByteBuffer.allocate(Integer.BYTES)
                    .putInt(text == null ? -1 : bytes.length)
                    .flip());
            sha256.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(sha256.digest());
        firstSum += hash.getLong();
        secondSum += hash.getLong();
    }
}
