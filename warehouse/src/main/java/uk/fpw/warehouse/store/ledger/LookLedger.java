package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.text.Sha256;

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

    private static final String ALL_LINES =
            "select " + COLUMNS + " from ops.look_record order by session_number, copy_number, line_number";

    private static final String ALL_ERASED =
            "select session_number, copy_number, line_number, record_hash, content_hash from ops.erased_look";

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
     * @param isErased whether an erasure removed a text from it, so that it no longer fits its hash, and it is as the
     *     erasure left it
     */
    public record Line(
            long session,
            int copy,
            int line,
            String kind,
            @Nullable LookRecord record,
            @Nullable String text,
            String owner,
            Instant importedAt,
            boolean isErased) {

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
            LookRecord read = record != null && fits(record) ? record : null;
            return new Line(
                    session,
                    copy,
                    line,
                    read == null ? UNREADABLE : read.kind().word(),
                    read,
                    read == null ? plain(text) : null,
                    String.valueOf(known),
                    importedAt,
                    false);
        }

        /** The line after the last one of a session whose file was deleted after its time and had no end. */
        public static Line abandoned(Line last, Instant at) {
            return new Line(last.session, last.copy, last.line + 1, ABANDONED, null, null, last.owner, at, false);
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

        /** Whether nothing has changed it since it was written, but for an erasure. */
        public boolean isAsWritten() {
            return record == null || isErased || record.fitsItsHash();
        }

        private Line afterErasure() {
            return new Line(session, copy, line, kind, record, text, owner, importedAt, true);
        }

        private Content content() {
            return record == null
                    ? new Content(null, Sha256.hex(String.valueOf(text)))
                    : new Content(record.hash(), record.contentHash());
        }

        private Stream<String> texts() {
            return record == null
                    ? Stream.ofNullable(text)
                    : Stream.concat(Stream.of(record.by(), record.command()), Stream.ofNullable(record.reason()));
        }

        /** Whether this is that line of a file after its import: the same, or the same record without a text. */
        public boolean isImportOf(Line inFile) {
            if (isSameAs(inFile) || !isErased) {
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

    /** The place of a line. */
    private record Place(long session, int copy, int line) {

        static Place of(Line line) {
            return new Place(line.session(), line.copy(), line.line());
        }
    }

    /**
     * What decides whether a line is as it was.
     *
     * @param record hash that a record has; null if the line is none
     * @param content hash of what it contains
     */
    private record Content(@Nullable String record, String content) {}

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
        Map<Place, Set<Content>> erased = erased();
        return ops.list(
                "select " + COLUMNS
                        + " from ops.look_record where session_number = ? order by copy_number, line_number",
                row -> line(row, erased),
                session);
    }

    /** All imported lines in the order of sessions, copies and lines. */
    public List<Line> all() {
        Map<Place, Set<Content>> erased = erased();
        return ops.list(ALL_LINES, row -> line(row, erased));
    }

    /** What erasures left of records; nothing in a database of an earlier version. */
    private Map<Place, Set<Content>> erased() {
        Map<Place, Set<Content>> erased = new HashMap<>();
        if (ops.hasTable("erased_look")) {
            ops.list(ALL_ERASED, row -> put(erased, row));
        }
        return erased;
    }

    private static boolean put(Map<Place, Set<Content>> erased, ResultSet row) throws SQLException {
        return erased.computeIfAbsent(
                        new Place(row.getLong("session_number"), row.getInt("copy_number"), row.getInt("line_number")),
                        place -> new HashSet<>())
                .add(new Content(row.getString("record_hash"), row.getString("content_hash")));
    }

    /**
     * The lines with a text that an erasure removes, within its transaction and before it does.
     *
     * @param isErased whether a text contains what is erased
     */
    public static List<Line> naming(Connection transaction, Predicate<String> isErased) throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        Map<Place, Set<Content>> erased = new HashMap<>();
        statements.list(ALL_ERASED, row -> put(erased, row));
        return statements.list(ALL_LINES, row -> line(row, erased)).stream()
                .filter(line -> line.texts().anyMatch(isErased))
                .toList();
    }

    /**
     * Records that an erasure removed texts from lines, within its transaction and after it did. A record that did not
     * fit its hash before remains one that was changed.
     *
     * @param before the lines before
     */
    public static void recordErased(Connection transaction, String erasureId, List<Line> before) throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Line line : before) {
            Line after = statements.first(
                    "select " + COLUMNS + " from ops.look_record "
                            + "where session_number = ? and copy_number = ? and line_number = ?",
                    row -> line(row, Map.of()),
                    line.session(),
                    line.copy(),
                    line.line());
            if (after != null && line.isAsWritten() && !after.isSameAs(line)) {
                Content content = after.content();
                rows.add(new @Nullable Object[] {
                    erasureId, line.session(), line.copy(), line.line(), content.record(), content.content()
                });
            }
        }
        statements.updateAll(
                "insert into ops.erased_look (erasure_id, session_number, copy_number, line_number, record_hash, "
                        + "content_hash) values (?, ?, ?, ?, ?, ?)",
                rows);
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
                    return new Read(Objects.requireNonNull(line(row, Map.of()).record()), isKnown ? rows : null);
                },
                count);
    }

    private static Line line(ResultSet row, Map<Place, Set<Content>> erased) throws SQLException {
        String kind = row.getString("kind");
        boolean isRecord = !kind.equals(UNREADABLE) && !kind.equals(ABANDONED);
        Line line = new Line(
                row.getLong("session_number"),
                row.getInt("copy_number"),
                row.getInt("line_number"),
                kind,
                isRecord ? record(row, kind) : null,
                row.getString("line"),
                row.getString("file_owner"),
                Objects.requireNonNull(OpsDatabase.instant(row, "imported_at")),
                false);
        return erased.getOrDefault(Place.of(line), Set.of()).contains(line.content()) ? line.afterErasure() : line;
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
