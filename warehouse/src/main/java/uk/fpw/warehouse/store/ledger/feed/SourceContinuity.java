package uk.fpw.warehouse.store.ledger.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/**
 * The databases that feeds of changes have read, and when ranges of their cursors were compared:
 * {@code ops.source_identity} and {@code ops.source_range}.
 */
public final class SourceContinuity {

    private final OpsDatabase ops;

    SourceContinuity(OpsDatabase ops) {
        this.ops = ops;
    }

    /**
     * A database.
     *
     * @param system identifier that differs between databases; null if it could never be read
     * @param timeline identifier that changes when a standby takes over or the database is restored in place; null if
     *     there is none
     * @param isReadable whether the user may read these identifiers
     */
    public record Identity(
            @Nullable String system, @Nullable String timeline, boolean isReadable) {}

    /**
     * Summary of the rows in a range.
     *
     * @param lowest lowest cursor value in ISO format; null if there are no rows
     * @param highest highest cursor value in ISO format; null if there are no rows
     */
    public record Tally(
            long count, @Nullable String lowest, @Nullable String highest) {}

    /**
     * A range of cursor values, up to the start of the next range.
     *
     * @param from its lowest value in ISO format; null for the first range
     * @param comparedOn business date of the last comparison; null if never compared
     * @param known rows of {@code current} at the last comparison; null if they equalled those of the source
     * @param source rows of the source at that time; null exactly if {@code known} is
     */
    public record Range(
            @Nullable String from,
            @Nullable LocalDate comparedOn,
            @Nullable Tally known,
            @Nullable Tally source) {}

    /** The database read by the last load of a feed; null if none was recorded. */
    public @Nullable Identity identity(String feed) {
        return ops.first(
                "select system_identifier, timeline, is_readable from ops.source_identity where feed = ?",
                row -> new Identity(
                        row.getString("system_identifier"), row.getString("timeline"), row.getBoolean("is_readable")),
                feed);
    }

    /** The ranges of a feed in ascending order; empty if its cursor was another column. */
    public List<Range> ranges(String feed, String cursor) {
        return ops.list(
                "select * from ops.source_range where feed = ? and cursor_column = ? order by range_number",
                row -> new Range(
                        row.getString("range_from"),
                        OpsDatabase.date(row, "compared_on"),
                        tally(row, "known"),
                        tally(row, "source")),
                feed,
                cursor);
    }

    private static @Nullable Tally tally(ResultSet row, String of) throws SQLException {
        long count = row.getLong(of + "_count");
        return row.wasNull() ? null : new Tally(count, row.getString(of + "_lowest"), row.getString(of + "_highest"));
    }

    /** Keys of which some version was refused, so that {@code current} may have an older version or none. */
    public Set<String> refusedKeys(String feed) {
        return new HashSet<>(ops.list(
                "select distinct row_key from ops.refusal where feed = ? and row_key is not null",
                row -> row.getString("row_key"),
                feed));
    }

    /**
     * Records the database that a load has read. If its user may no longer read the identifiers, the known ones are
     * kept.
     */
    public void note(String feed, LocalDate businessDate, Identity found) {
        Identity before = identity(feed);
        Identity now =
                found.isReadable() || before == null ? found : new Identity(before.system(), before.timeline(), false);
        if (Objects.equals(now, before)) {
            return;
        }
        ops.inTransaction(statements -> {
            statements.update("delete from ops.source_identity where feed = ?", feed);
            return statements.update(
                    "insert into ops.source_identity (feed, system_identifier, timeline, is_readable, noted_on) "
                            + "values (?, ?, ?, ?, ?)",
                    feed,
                    now.system(),
                    now.timeline(),
                    now.isReadable(),
                    businessDate);
        });
    }

    /** Replaces the ranges of a feed. */
    public void note(String feed, String cursor, List<Range> ranges) {
        ops.inTransaction(statements -> {
            statements.update("delete from ops.source_range where feed = ?", feed);
            for (int number = 0; number < ranges.size(); number++) {
                Range range = ranges.get(number);
                Tally known = range.known();
                Tally source = range.source();
                statements.update(
                        """
                        insert into ops.source_range (feed, range_number, cursor_column, range_from, compared_on, \
                        known_count, known_lowest, known_highest, source_count, source_lowest, source_highest)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
                        """,
                        feed,
                        number,
                        cursor,
                        range.from(),
                        range.comparedOn(),
                        known == null ? null : known.count(),
                        known == null ? null : known.lowest(),
                        known == null ? null : known.highest(),
                        source == null ? null : source.count(),
                        source == null ? null : source.lowest(),
                        source == null ? null : source.highest());
            }
            return null;
        });
    }

    /** Records that all rows of a feed were compared. */
    public void comparedAll(String feed, LocalDate businessDate) {
        ops.update("update ops.source_range set compared_on = ? where feed = ?", businessDate, feed);
    }
}
