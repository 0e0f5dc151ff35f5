package uk.fpw.warehouse.store.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.look.LookRecord;

/**
 * The imported records of reads by programs without a database. Append-only. Every method fails with
 * {@code UNAVAILABLE} if the database does not respond or the table or the privileges are missing.
 */
public final class LookLedger {

    /** Longest text of a line that is not a record. */
    public static final int MAX_LINE = 4000;

    /** Stands for what was erased from a text. */
    public static final String ERASED = "(erased)";

    /** Kind of a line that is not a record. */
    public static final String UNREADABLE = "unreadable";

    /** Kind of the row that ends a session whose file had no end and was deleted after its time. */
    public static final String ABANDONED = "abandoned";

    private static final int MAX_OWNER = 100;
    private static final int MAX_BY = 200;
    private static final int MAX_COMMAND = 100;
    private static final int MAX_RELEASE = 40;
    private static final int MAX_TABLES = 2000;
    private static final int MAX_REASON = 1000;
    private static final int MAX_HASH = 64;

    private static final String COLUMNS = "session_number, copy_number, line_number, kind, recorded_at, recorded_by, "
            + "command, release_id, table_names, reason, row_count, record_session, record_number, previous_hash, "
            + "record_hash, line, file_owner, imported_at";

    private final OpsDatabase ops;

    public LookLedger(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * One imported line.
     *
     * @param session number of the session, from the name of the file
     * @param copy 1, unless the number was used again
     * @param line its place in the file, from 1
     * @param kind word of {@link LookRecord.Kind}, {@link #UNREADABLE} or {@link #ABANDONED}
     * @param record null if there is none
     * @param text the line, if it is not a record; null otherwise
     * @param owner owner of the file
     */
    public record Line(
            long session,
            int copy,
            int line,
            String kind,
            @Nullable LookRecord record,
            @Nullable String text,
            String owner,
            Instant importedAt) {

        /** A line as read from a file; what no column can hold is imported as {@link #UNREADABLE}. */
        public static Line of(
                long session,
                int copy,
                int line,
                @Nullable LookRecord record,
                String text,
                String owner,
                Instant importedAt) {
            String known = OpsDatabase.cut(owner, MAX_OWNER);
            return record == null || !fits(record)
                    ? new Line(session, copy, line, UNREADABLE, null, plain(text), String.valueOf(known), importedAt)
                    : new Line(
                            session, copy, line, record.kind().word(), record, null, String.valueOf(known), importedAt);
        }

        private static String plain(String text) {
            return Objects.requireNonNull(OpsDatabase.cut(text.replace('\0', '?'), MAX_LINE));
        }

        private static boolean fits(LookRecord record) {
            return fits(record.by(), MAX_BY)
                    && fits(record.command(), MAX_COMMAND)
                    && fits(record.release(), MAX_RELEASE)
                    && fits(String.join(",", record.tables()), MAX_TABLES)
                    && record.tables().stream().noneMatch(table -> table.isEmpty() || table.contains(","))
                    && fits(record.reason(), MAX_REASON)
                    && fits(record.previous(), MAX_HASH)
                    && fits(record.hash(), MAX_HASH);
        }

        private static boolean fits(@Nullable String text, int length) {
            return text == null || (text.length() <= length && text.indexOf('\0') < 0);
        }

        /** Whether a part of its text was erased, so that it no longer fits its hash. */
        public boolean isErased() {
            return record == null
                    ? text != null && text.contains(ERASED)
                    : String.valueOf(record.reason()).contains(ERASED) && !record.fitsItsHash();
        }

        /** Whether this is that line of a file after its import: the same, or the same record without a text. */
        public boolean isImportOf(Line inFile) {
            if (isSameAs(inFile) || !isErased()) {
                return isSameAs(inFile);
            }
            return record == null
                    ? inFile.record == null
                    : inFile.record != null && record.hash().equals(inFile.record.hash());
        }

        /** Whether the other line has the same content. */
        public boolean isSameAs(Line other) {
            return Objects.equals(record, other.record) && Objects.equals(text, other.text);
        }
    }

    /**
     * One read with what became of it.
     *
     * @param rows number of rows shown; null if that is not on record
     */
    public record Read(LookRecord record, @Nullable Long rows) {}

    /** Adds lines durably, all or none. */
    public void add(List<Line> lines) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Line line : lines) {
            LookRecord record = line.record();
            rows.add(new @Nullable Object[] {
                line.session(),
                line.copy(),
                line.line(),
                line.kind(),
                record == null ? null : OpsDatabase.time(record.at()),
                record == null ? null : record.by(),
                record == null ? null : record.command(),
                record == null ? null : record.release(),
                record == null ? null : String.join(",", record.tables()),
                record == null ? null : record.reason(),
                record == null ? null : record.rows(),
                record == null ? null : record.session(),
                record == null ? null : record.number(),
                record == null ? null : record.previous(),
                record == null ? null : record.hash(),
                line.text(),
                line.owner(),
                OpsDatabase.time(line.importedAt())
            });
        }
        ops.inTransaction(statements -> {
            statements.updateAll(
                    "insert into ops.look_record (" + COLUMNS
                            + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    rows);
            return true;
        });
    }

    /** The imported lines of a session in the order of copies and lines. */
    public List<Line> lines(long session) {
        return ops.list(
                "select " + COLUMNS
                        + " from ops.look_record where session_number = ? order by copy_number, line_number",
                LookLedger::line,
                session);
    }

    /** All imported lines in the order of sessions, copies and lines. */
    public List<Line> all() {
        return ops.list(
                "select " + COLUMNS + " from ops.look_record order by session_number, copy_number, line_number",
                LookLedger::line);
    }

    /** The greatest number of an imported session; 0 if there is none. */
    public long latestSession() {
        Long latest = ops.first(
                "select coalesce(max(session_number), 0) as latest from ops.look_record", row -> row.getLong("latest"));
        return latest == null ? 0 : latest;
    }

    /** The latest reads, newest first. */
    public List<Read> latest(int count) {
        return ops.list(
                """
                select look.*, shown.row_count as shown_count
                from ops.look_record as look
                left join ops.look_record as shown
                    on
                        look.session_number = shown.session_number
                        and look.copy_number = shown.copy_number
                        and look.line_number + 1 = shown.line_number
                        and shown.kind = 'shown'
                where look.kind = 'read'
                order by look.recorded_at desc, look.session_number desc, look.line_number desc
                fetch first ? rows only""",
                row -> {
                    long rows = row.getLong("shown_count");
                    boolean isKnown = !row.wasNull();
                    return new Read(Objects.requireNonNull(line(row).record()), isKnown ? rows : null);
                },
                count);
    }

    private static Line line(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        boolean isRecord = !kind.equals(UNREADABLE) && !kind.equals(ABANDONED);
        return new Line(
                row.getLong("session_number"),
                row.getInt("copy_number"),
                row.getInt("line_number"),
                kind,
                isRecord ? record(row, kind) : null,
                row.getString("line"),
                row.getString("file_owner"),
                Objects.requireNonNull(OpsDatabase.instant(row, "imported_at")));
    }

    private static LookRecord record(ResultSet row, String kind) throws SQLException {
        String tables = String.valueOf(row.getString("table_names"));
        long rows = row.getLong("row_count");
        Long rowCount = row.wasNull() ? null : rows;
        return new LookRecord(
                row.getLong("record_session"),
                row.getInt("record_number"),
                LookRecord.Kind.of(kind),
                Objects.requireNonNull(OpsDatabase.instant(row, "recorded_at")),
                row.getString("recorded_by"),
                row.getString("command"),
                row.getString("release_id"),
                tables.isEmpty() ? List.of() : List.of(tables.split(",")),
                row.getString("reason"),
                rowCount,
                row.getString("previous_hash"),
                row.getString("record_hash"));
    }
}
