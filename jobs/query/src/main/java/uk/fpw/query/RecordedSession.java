package uk.fpw.query;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A session over a release for what a person asks. Tables of single cases or people do not exist in it: a query that
 * needs some of them runs in a session of its own, which has these and no others, and is opened after the read is on
 * record.
 */
public final class RecordedSession implements AutoCloseable {

    private final ReleaseManifest release;
    private final FeedHistory history;
    private final ReadRecord record;
    private final @Nullable Path output;
    private final List<QueryParameters.Bound> parameters;
    private final QuerySession open;

    /** The session of the latest query, if it reads tables of single cases; null otherwise. */
    private volatile @Nullable QuerySession recorded;

    private RecordedSession(
            ReleaseManifest release,
            FeedHistory history,
            ReadRecord record,
            @Nullable Path output,
            List<QueryParameters.Bound> parameters,
            QuerySession open) {
        this.release = release;
        this.history = history;
        this.record = record;
        this.output = output;
        this.parameters = parameters;
        this.open = open;
    }

    /** Opens a session. The record is closed by the caller, since several sessions can use it. */
    public static RecordedSession open(ReleaseManifest release, FeedHistory history, ReadRecord record) {
        return open(release, history, record, null, List.of());
    }

    /**
     * The same for a query with parameters, whose result may be written to a file.
     *
     * @param output file that {@link #writeParquet} may write; null for none
     * @param parameters the values that {@link QueryParameters#placed} makes the query read
     */
    public static RecordedSession open(
            ReleaseManifest release,
            FeedHistory history,
            ReadRecord record,
            @Nullable Path output,
            List<QueryParameters.Bound> parameters) {
        return new RecordedSession(
                release,
                history,
                record,
                output,
                parameters,
                QuerySession.open(release, output, parameters, table -> !table.isAboutSingleCases()));
    }

    /**
     * Runs SQL like {@link QuerySession#run}. Call {@link #shown} after its rows were shown.
     *
     * @throws QueryException also if the SQL reads single cases and there is no reason, or no record can be written
     */
    public QueryResult run(String sql) {
        endRecorded();
        try {
            return open.run(sql);
        } catch (QueryException failed) {
            return recorded(sql, failed).run(sql);
        }
    }

    /** Completes the record of the latest query with the number of rows that were shown. */
    public void shown(long rows) {
        if (recorded != null) {
            record.shown(rows);
        }
    }

    /** Writes the rows of a query to a file like {@link QuerySession#writeParquet}; returns their number. */
    long writeParquet(String sql, Path file) {
        endRecorded();
        try {
            return open.writeParquet(sql, file);
        } catch (QueryException failed) {
            long rows = recorded(sql, failed).writeParquet(sql, file);
            shown(rows);
            return rows;
        }
    }

    /** The session with the tables that the query lacks, opened after the read was recorded. */
    private QuerySession recorded(String sql, QueryException failed) {
        ReleaseManifest withHistory = history.withTablesNamedIn(sql);
        List<ReleaseManifest.Table> needed;
        try {
            needed = open.needed(
                    sql,
                    withHistory.tables().stream()
                            .filter(ReleaseManifest.Table::isAboutSingleCases)
                            .toList());
        } catch (QueryException impossible) {
            QueryException unknown = withHistory.equals(release) ? null : history.unknownFeed(sql);
            throw unknown == null ? impossible : unknown;
        }
        if (needed.isEmpty()) {
            throw failed;
        }
        history.requireFiles(needed);
        record.read(
                release.id(), needed.stream().map(ReleaseManifest.Table::name).toList());
        Set<ReleaseManifest.Table> known = new HashSet<>(needed);
        QuerySession session = QuerySession.open(
                withHistory, output, parameters, table -> !table.isAboutSingleCases() || known.contains(table));
        recorded = session;
        return session;
    }

    private void endRecorded() {
        QuerySession last = recorded;
        if (last != null) {
            recorded = null;
            last.close();
        }
    }

    /** Cancels, from another thread, the query that is running: it fails there. */
    public void cancel() {
        open.cancel();
        QuerySession now = recorded;
        if (now != null) {
            now.cancel();
        }
    }

    @Override
    public void close() {
        endRecorded();
        open.close();
    }
}
