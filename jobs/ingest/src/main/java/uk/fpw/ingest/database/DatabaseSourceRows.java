package uk.fpw.ingest.database;

import com.dynatrace.hash4j.hashing.HashValue128;
import java.nio.ByteBuffer;
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
import uk.fpw.ingest.source.ContentHash;
import uk.fpw.ingest.source.CursorGap;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;

/** Reads the rows of an extract, fetching them in batches. */
final class DatabaseSourceRows implements SourceRows {

    /** SQLSTATE for a connection that does not exist. */
    private static final String CANCELLED = "08003";

    private final Connection connection;
    private final PreparedStatement statement;
    private final ResultSet results;
    private final List<SourceColumn> columns;
    private final List<Feed.Column> declared;
    private final @Nullable CursorColumn cursor;
    private final @Nullable CursorScan scan;
    private final SourceFailures failures;
    private final ContentHash contentHash = new ContentHash();
    private long count;
    private long firstSum;
    private long secondSum;
    private volatile boolean isCancelled;

    private DatabaseSourceRows(
            Connection connection,
            PreparedStatement statement,
            ExtractQuery query,
            @Nullable CursorColumn cursor,
            CursorColumn.@Nullable Start start,
            SourceFailures failures)
            throws SQLException {
        this.connection = connection;
        this.statement = statement;
        this.results = statement.executeQuery();
        this.columns = query.columns();
        this.declared = query.declared();
        this.cursor = cursor;
        this.scan = cursor == null ? null : new CursorScan(cursor, start);
        this.failures = failures;
    }

    /**
     * Starts reading.
     *
     * @param statement statement of the query; closed with the reader or on failure
     * @param start start of the incremental read; null if everything is read
     */
    static DatabaseSourceRows open(
            Connection connection,
            PreparedStatement statement,
            ExtractQuery query,
            @Nullable CursorColumn cursor,
            CursorColumn.@Nullable Start start,
            SourceFailures failures)
            throws SQLException {
        try {
            return new DatabaseSourceRows(connection, statement, query, cursor, start, failures);
        } catch (SQLException | RuntimeException failed) {
            statement.close();
            throw failed;
        }
    }

    @Override
    public @Nullable SourceRow next() {
        try {
            if (isCancelled) {
                throw new SQLException("the reading was cancelled", CANCELLED);
            }
            if (!results.next()) {
                return null;
            }
            count++;
            List<@Nullable Object> fields = new ArrayList<>(columns.size());
            for (int index = 0; index < columns.size(); index++) {
                fields.add(columns.get(index).field(results, index + 1, declared.get(index)));
            }
            if (scan != null && cursor != null) {
                scan.add(fields.get(cursor.position()));
            }
            HashValue128 hash = contentHash.of(fields);
            firstSum += hash.getMostSignificantBits();
            secondSum += hash.getLeastSignificantBits();
            return new SourceRow(
                    count,
                    columns.size(),
                    Collections.unmodifiableList(fields),
                    hash.getAsLong(),
                    scan != null && scan.isMissed());
        } catch (SQLException failed) {
            throw failures.of(failed, count);
        }
    }

    @Override
    public int width() {
        return columns.size();
    }

    /** A sum over the hashes of the rows, which does not depend on the order in which the database returns them. */
    @Override
    public String digest() {
        ByteBuffer sums = ByteBuffer.allocate(3 * Long.BYTES)
                .putLong(count)
                .putLong(firstSum)
                .putLong(secondSum)
                .flip();
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(sums);
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("this Java runtime does not provide SHA-256", impossible);
        }
    }

    @Override
    public void include(SourceRows range) {
        DatabaseSourceRows other = (DatabaseSourceRows) range;
        count += other.count;
        firstSum += other.firstSum;
        secondSum += other.secondSum;
        if (scan != null && other.scan != null) {
            scan.addAll(other.scan);
        }
    }

    @Override
    public void cancel() {
        isCancelled = true;
        try {
            connection.abort(Runnable::run);
        } catch (SQLException ignored) {
            // In that case reading ends with the next row.
        }
    }

    @Override
    public @Nullable String highest() {
        return scan == null ? null : scan.highest();
    }

    @Override
    public boolean isBehind() {
        return scan != null && scan.isBehind();
    }

    @Override
    public @Nullable CursorGap gap() {
        return scan == null ? null : scan.gap();
    }

    @Override
    public void close() {
        try (statement) {
            results.close();
        } catch (SQLException ignored) {
            // Nothing is lost, since it was only read.
        }
    }
}
