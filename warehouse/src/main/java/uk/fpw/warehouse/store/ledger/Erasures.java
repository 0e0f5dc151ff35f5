package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * Which erasures were applied to the warehouse, and which stored releases lost rows. Nothing of what was erased. Every
 * method fails with {@code UNAVAILABLE} if the database does not respond; in a database not yet used by this version
 * there is none.
 */
public final class Erasures {

    /** The tables of {@code ops} from which texts are erased, by qualified name. */
    public static final List<String> TABLES = List.of(
            "ops.refusal",
            "ops.hold",
            "ops.item_look",
            "ops.look_record",
            "ops.acceptance",
            "ops.feed_load",
            "ops.night",
            "ops.release");

    private static final String TABLE = "erasure";
    private static final int MAX_GROUND = 300;
    private static final int MAX_REASON = 1000;
    private static final int MAX_USER = 100;

    private static final String COLUMNS = """
            select e.erasure_id, e.kind, e.feed, e.ground, e.reason, e.applied_by, e.started_at, e.switched_at, \
            e.finished_at, e.row_count, e.item_count, e.table_count, e.release_count
            from ops.erasure as e
            """;

    private final OpsDatabase ops;

    public Erasures(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /** What decides which rows are erased. */
    public enum Kind {
        /** The rows with a value of a person in a pseudonymised column. */
        PERSON("person"),
        /** The rows with a value of a case in a pseudonymised column. */
        CASE("case"),
        /** The rows of a feed with a key. */
        ROW("row"),
        /** The rows of feeds whose items were closed long ago, see {@code feed.RetentionLedger}. */
        RETENTION("retention");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The kind with that name in the database. */
        public static Kind of(String text) {
            for (Kind kind : values()) {
                if (kind.text.equals(text)) {
                    return kind;
                }
            }
            throw new IllegalStateException("'" + text + "' is not a kind of erasures");
        }

        /** The name as stored in the database. */
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Why rows are erased, and by whom.
     *
     * @param feed feed of rows with a key; null for a person or case, and for rows of several feeds
     * @param ground legal ground; the rules of a retention
     * @param by operating-system user
     * @param startedAt when it began
     */
    public record Cause(Kind kind, @Nullable String feed, String ground, String reason, String by, Instant startedAt) {}

    /**
     * How much was erased.
     *
     * @param rowCount erased versions of rows of feeds
     * @param itemCount items of which no row remained
     * @param tableCount tables that were written again
     * @param releaseCount stored releases that lost rows
     */
    public record Counts(long rowCount, long itemCount, long tableCount, long releaseCount) {}

    /**
     * One erasure.
     *
     * @param switchedAt when the database was switched to tables without the rows; null until then
     * @param finishedAt when all files with the rows were deleted, and the database compacted; null until then
     */
    public record Erasure(
            String erasureId,
            Cause cause,
            @Nullable Instant switchedAt,
            @Nullable Instant finishedAt,
            Counts counts) {}

    /** All erasures, the first one first. */
    public List<Erasure> list() {
        return isKnown() ? ops.list(COLUMNS + "order by e.started_at, e.erasure_id", Erasures::erasure) : List.of();
    }

    /** The erasures by which a stored release lost rows or texts, the first one first. */
    public List<Erasure> of(ReleaseId releaseId) {
        return isKnown() ? ops.list(COLUMNS + """
                        where exists (select 1 from ops.erased_release as r where r.erasure_id = e.erasure_id and \
                        r.release_id = ?)
                        order by e.started_at, e.erasure_id""", Erasures::erasure, releaseId) : List.of();
    }

    /** Rows that each table of a stored release lost by all erasures, by table; 0 if only texts in it were erased. */
    public Map<String, Long> removedRows(ReleaseId releaseId) {
        Map<String, Long> removed = new TreeMap<>();
        if (isKnown()) {
            ops.list("""
                    select table_name, sum(removed_row_count) as removed_row_count
                    from ops.erased_release
                    where release_id = ?
                    group by table_name""", row -> put(removed, row), releaseId);
        }
        return removed;
    }

    /**
     * Whether a stored release may state more than its rows, or those of feeds, now say: it lost rows, or feeds did
     * after it was made. An erasure that found nothing, or only texts, changes no figure.
     *
     * @param releasedAt when the release was made
     */
    public boolean hasRemovedRows(ReleaseId releaseId, Instant releasedAt) {
        return list().stream()
                        .filter(erasure -> erasure.counts().rowCount() > 0)
                        .map(Erasure::switchedAt)
                        .anyMatch(at -> at != null && at.isAfter(releasedAt))
                || removedRows(releaseId).values().stream().anyMatch(count -> count > 0);
    }

    private static Object put(Map<String, Long> removed, ResultSet row) throws SQLException {
        removed.put(row.getString("table_name"), row.getLong("removed_row_count"));
        return removed;
    }

    /** The erasure of which files or the database may still contain rows; null if there is none. */
    public @Nullable Erasure unfinished() {
        return list().stream()
                .filter(erasure -> erasure.finishedAt() == null)
                .findFirst()
                .orElse(null);
    }

    /**
     * Records an erasure within the transaction that switches the database.
     *
     * @param removed number of rows that each changed table of each stored release lost
     * @param isListed whether it is on the list of erasures
     */
    public static void record(
            Connection transaction,
            String erasureId,
            Cause cause,
            Instant switchedAt,
            Counts counts,
            Map<ReleaseId, Map<String, Long>> removed,
            boolean isListed)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        statements.update(
                """
                insert into ops.erasure (erasure_id, kind, feed, ground, reason, applied_by, started_at, switched_at, \
                row_count, item_count, table_count, release_count, is_listed)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                erasureId,
                cause.kind().toString(),
                cause.feed(),
                OpsDatabase.cut(cause.ground(), MAX_GROUND),
                OpsDatabase.cut(cause.reason(), MAX_REASON),
                OpsDatabase.cut(cause.by(), MAX_USER),
                OpsDatabase.time(cause.startedAt()),
                OpsDatabase.time(switchedAt),
                counts.rowCount(),
                counts.itemCount(),
                counts.tableCount(),
                counts.releaseCount(),
                isListed);
        for (Map.Entry<ReleaseId, Map<String, Long>> release : removed.entrySet()) {
            for (Map.Entry<String, Long> table : release.getValue().entrySet()) {
                statements.update("""
                        insert into ops.erased_release (erasure_id, release_id, table_name, removed_row_count)
                        values (?, ?, ?, ?)""", erasureId, release.getKey(), table.getKey(), table.getValue());
            }
        }
    }

    /** Number of erasures that are not on the list of erasures. */
    public long unlistedCount() {
        if (!isKnown()) {
            return 0;
        }
        return ops
                .list("select * from ops.erasure as e where e.kind in ('person', 'case', 'row')", Erasures::isListed)
                .stream()
                .filter(isListed -> !isListed)
                .count();
    }

    /** False in a database that this version has not migrated yet. */
    private static boolean isListed(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        for (int column = 1; column <= columns.getColumnCount(); column++) {
            if (columns.getColumnName(column).equals("is_listed")) {
                return row.getBoolean(column);
            }
        }
        return false;
    }

    /** Records that the list of erasures is lost: those that were on it are on none any longer. */
    public void recordLostList() {
        ops.update("update ops.erasure set is_listed = false where is_listed = true");
    }

    /** Records that all files with the rows were deleted, and the database compacted. */
    public void finish(Instant at) {
        ops.update("update ops.erasure set finished_at = ? where finished_at is null", OpsDatabase.time(at));
    }

    private boolean isKnown() {
        return ops.hasTable(TABLE);
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                row.getString("erasure_id"),
                new Cause(
                        Kind.of(row.getString("kind")),
                        row.getString("feed"),
                        row.getString("ground"),
                        row.getString("reason"),
                        row.getString("applied_by"),
                        Objects.requireNonNull(OpsDatabase.instant(row, "started_at"))),
                OpsDatabase.instant(row, "switched_at"),
                OpsDatabase.instant(row, "finished_at"),
                new Counts(
                        row.getLong("row_count"),
                        row.getLong("item_count"),
                        row.getLong("table_count"),
                        row.getLong("release_count")));
    }
}
