package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRanges;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.feed.SourceColumns;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity.Identity;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * The rows of a feed in an operational database. Everything is read in one read-only transaction with a single
 * snapshot; nothing is written or locked.
 */
public final class DatabaseSource implements RowSource {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseSource.class);

    /** A smaller table is read before a second session could start. */
    private static final long MIN_BYTES_OF_RANGES = 64L * 1024 * 1024;

    private final Feed feed;
    private final Origin.DatabaseRows rows;
    private final SourceConnection.Database database;
    private final String password;
    private final @Nullable CursorColumn cursor;
    private final @Nullable CursorColumn dated;
    private final ZoneId zone;
    private final SourceFailures failures;
    private CursorColumn.@Nullable Start start;
    private boolean readAll;
    private final long minBytesOfRanges;
    private @Nullable Connection connection;
    private @Nullable Connection second;
    private @Nullable ExtractQuery query;

    /**
     * The rows of a feed as seen by the database user.
     *
     * @param password password; empty for none
     * @param zone time zone of the force, for the day of the business date
     */
    public DatabaseSource(
            Feed feed, SourceConnection.Database database, String password, LocalDate businessDate, ZoneId zone) {
        this(feed, database, password, businessDate, zone, MIN_BYTES_OF_RANGES);
    }

    /**
     * The same, for tests.
     *
     * @param minBytesOfRanges size of a PostgreSQL table above which it is read in ranges
     */
    public DatabaseSource(
            Feed feed,
            SourceConnection.Database database,
            String password,
            LocalDate businessDate,
            ZoneId zone,
            long minBytesOfRanges) {
        this.feed = feed;
        this.rows = (Origin.DatabaseRows) feed.origin();
        this.database = database;
        this.minBytesOfRanges = minBytesOfRanges;
        this.password = password;
        this.cursor = CursorColumn.of(feed, rows.cursor(), businessDate, zone);
        Freshness freshness = feed.freshness();
        String column = freshness == null ? null : freshness.column();
        this.dated =
                CursorColumn.of(feed, column == null ? null : new Origin.Cursor(column, 0, 0, 0), businessDate, zone);
        this.zone = zone;
        this.failures = new SourceFailures(database, password, place(), rows.table() == null ? name() : null);
    }

    @Override
    public Feed feed() {
        return feed;
    }

    @Override
    public String name() {
        return rows.table() == null ? "feeds/" + feed.name() + ".sql" : rows.table();
    }

    @Override
    public String place() {
        return "connection " + database.name() + ", " + (rows.table() == null ? "" : "table ") + name();
    }

    @Override
    public String what() {
        return rows.table() == null ? "the query" : "the table";
    }

    @Override
    public String numbering() {
        return "row";
    }

    @Override
    public void changedSince(Watermark watermark, boolean everything) {
        start = cursor == null ? null : cursor.start(watermark);
        readAll = everything;
    }

    @Override
    public boolean readsChangesOnly() {
        return start != null && !readAll;
    }

    @Override
    public List<SourceColumns.Column> columns() {
        try {
            // After reading, when the session has ended, no other one is opened.
            ExtractQuery read = query;
            ExtractQuery prepared = read == null ? query(connection()) : read;
            return prepared.all().stream()
                    .map(column -> new SourceColumns.Column(
                            column.name(), column.type(), prepared.columns().contains(column)))
                    .toList();
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    @Override
    public SourceRows open() {
        return open(start == null || cursor == null || readAll ? null : parameter(cursor, start.lowest()));
    }

    @Override
    public List<SourceRows> openRanges() {
        TableHalves halves = rows.table() == null || readsChangesOnly() || database.maxSessions() < 2 ? null : halves();
        SourceRows last = halves == null ? null : openLast(halves);
        if (halves == null || last == null) {
            return List.of(open());
        }
        try {
            SourceRows first = openRange(connection(), halves.conditions().get(0));
            LOG.info("{}: read by two sessions, half each", place());
            return List.of(first, last);
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    /** The halves of the table; null if it is read by a single session. */
    private @Nullable TableHalves halves() {
        Connection open = connection();
        try {
            String from = query(open).from();
            try {
                return TableHalves.of(open, from, minBytesOfRanges, database);
            } catch (SQLException unusable) {
                byOneSession(failures.reason(unusable));
                // The transaction has failed, but nothing has been read in it.
                open.rollback();
                query = null;
                return null;
            }
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    /** Starts reading the second half in another session; null if that is not possible. */
    private @Nullable SourceRows openLast(TableHalves halves) {
        try {
            Connection other = SourceSession.open(database, password, failures);
            second = other;
            halves.enter(other);
            SourceRows last = openRange(other, halves.conditions().get(1));
            halves.entered(other);
            return last;
        } catch (SQLException unusable) {
            byOneSession(failures.reason(unusable));
        } catch (FpwException unreachable) {
            byOneSession(String.valueOf(unreachable.getMessage()));
        }
        closeSecond();
        return null;
    }

    private void byOneSession(String why) {
        LOG.info("{}: read by one session, since a second session cannot see the same state ({})", place(), why);
    }

    private SourceRows openRange(Connection open, String condition) throws SQLException {
        ExtractQuery prepared = query(open);
        return DatabaseSourceRows.open(
                open, prepared.rangeStatement(open, condition), prepared, cursor, start, failures);
    }

    @Override
    public @Nullable Identity identity() {
        try {
            return cursor == null ? null : DatabaseIdentity.of(connection(), database);
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    @Override
    public @Nullable SourceRanges ranges() {
        if (cursor == null || start == null || readAll) {
            return null;
        }
        Connection open = connection();
        try {
            return new DatabaseRanges(open, query(open), cursor, start, feed, failures);
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    @Override
    public SourceRows openFrom(String value) {
        return open(cursor().parameter(value));
    }

    @Override
    public @Nullable String highestBelow() {
        CursorColumn column = cursor();
        if (start == null) {
            throw new IllegalStateException(place() + ": nothing is known about its changes");
        }
        Connection open = connection();
        try (PreparedStatement statement = query(open).highestBelow(open, parameter(column, start.lowest()));
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? query(open).columns().get(column.position()).read(rows, 1) : null;
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    @Override
    public @Nullable LocalDate date(Freshness freshness) {
        CursorColumn column = dated;
        if (column == null) {
            return null;
        }
        LocalDate newest = newest(column, column.endOfDate());
        return newest == null ? newest(column, null) : newest;
    }

    /** The day of a column's newest value; null if there is none. */
    private @Nullable LocalDate newest(CursorColumn column, @Nullable Object before) {
        Connection open = connection();
        try (PreparedStatement statement = query(open).newest(open, column.position(), before);
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? column.day(query(open).columns().get(column.position()).read(rows, 1), zone)
                    : null;
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    private SourceRows open(@Nullable Object threshold) {
        Connection open = connection();
        try {
            ExtractQuery prepared = query(open);
            return DatabaseSourceRows.open(
                    open, prepared.statement(open, threshold), prepared, cursor, start, failures);
        } catch (SQLException failed) {
            throw failures.of(failed, 0);
        }
    }

    private Connection connection() {
        Connection open = connection;
        if (open == null) {
            try {
                open = SourceSession.open(database, password, failures);
            } catch (SQLException failed) {
                throw failures.of(failed, 0);
            }
            connection = open;
        }
        return open;
    }

    private ExtractQuery query(Connection open) throws SQLException {
        ExtractQuery prepared = query;
        if (prepared == null) {
            prepared = ExtractQuery.prepare(open, feed, rows, database, failures);
            query = prepared;
        }
        return prepared;
    }

    private CursorColumn cursor() {
        if (cursor == null) {
            throw new IllegalStateException(place() + " has no cursor");
        }
        return cursor;
    }

    @SuppressWarnings("rawtypes")
    private static Object parameter(CursorColumn cursor, Comparable value) {
        return cursor.parameter(value.toString());
    }

    private void closeSecond() {
        Connection open = second;
        second = null;
        if (open != null) {
            SourceSession.end(open);
        }
    }

    @Override
    public void close() {
        closeSecond();
        Connection open = connection;
        connection = null;
        if (open != null) {
            SourceSession.end(open);
        }
    }
}
