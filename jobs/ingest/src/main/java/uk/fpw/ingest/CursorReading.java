package uk.fpw.ingest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.CursorGap;
import uk.fpw.ingest.source.CursorRow;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.load.Watermark;
import uk.fpw.warehouse.load.Watermark.Boundary;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/**
 * The cursor of an incremental database feed: the next watermark, and whether the source continues
 * where the last load ended.
 */
final class CursorReading {

    private final RowSource source;
    private final Origin.Cursor cursor;
    private final Pseudonymiser pseudonymiser;
    private final LocalDate businessDate;
    private final @Nullable Watermark before;
    private final Set<String> remembered = new HashSet<>();

    /** The rows that were highest, the lowest first. */
    private List<CursorRow> latest = List.of();

    private boolean isRememberedThere;
    private boolean isBehind;
    private @Nullable String highest;
    private @Nullable CursorGap gap;

    /**
     * Nothing was read yet.
     *
     * @param before up to where changes are known; null if nothing is
     */
    CursorReading(LoadContext load, Origin.Cursor cursor, @Nullable Watermark before) {
        this.source = load.source();
        this.cursor = cursor;
        this.pseudonymiser = load.pseudonymiser();
        this.businessDate = load.businessDate();
        this.before = before;
        Boundary boundary = boundaryBefore();
        if (boundary != null) {
            remembered.addAll(boundary.keys());
        }
    }

    /** Looks for remembered rows in one range of the reading. */
    BoundarySearch search() {
        return new BoundarySearch(remembered);
    }

    /**
     * Takes the result of the complete read; must be called before it is closed.
     *
     * @param searches of all ranges
     */
    void end(SourceRows rows, List<BoundarySearch> searches) {
        isRememberedThere = searches.stream().anyMatch(BoundarySearch::isFound);
        highest = rows.highest();
        latest = rows.latestRows();
        isBehind = rows.isBehind();
        gap = rows.gap();
    }

    /**
     * Stops the load if the source does not continue where the last load ended: it was restored, or its counter was
     * reset, and its next changes would not be found.
     *
     * @throws FpwException with {@code BAD_DATA}
     */
    void check() {
        if (before == null) {
            return;
        }
        if (isBehind) {
            String found = source.highestBelow();
            throw stop(
                    (found == null
                                    ? "has no row with a value of " + cursor.column()
                                    : "the highest " + cursor.column() + " is " + found)
                            + ", but changes are known up to " + before.value() + ", and cursor.look_back in "
                            + source.definition() + " is only " + cursor.lookBack(),
                    before.value());
        }
        Boundary boundary = boundaryBefore();
        if (boundary != null && !isRememberedThere && !isThere(boundary)) {
            int count = boundary.keys().size();
            throw stop(
                    (count == 1
                                    ? "the row that had the highest " + cursor.column() + " no longer exists"
                                    : "none of the " + count + " rows that had the highest " + cursor.column()
                                            + " still exists")
                            + " (they had the value " + boundary.from() + " to " + before.value()
                            + ", and the highest value is now " + highest + ")",
                    before.value());
        }
    }

    /** Up to where changes are known after this load; null if nothing is. */
    @Nullable
    Watermark watermark() {
        if (highest == null) {
            return before;
        }
        List<Long> advances = new ArrayList<>();
        if (before != null && source.feed().column(cursor.column()).type() == Feed.Type.WHOLE) {
            advances.addAll(before.advances());
            advances.add(Long.parseLong(highest) - Long.parseLong(before.value()));
        }
        return new Watermark(cursor.column(), highest, advances, boundary(highest));
    }

    /** Rows above a gap, which are read in every run. */
    long aboveGap() {
        return gap == null ? 0 : gap.rows();
    }

    /** Note for the operator on the cursor; null if none. */
    @Nullable
    String note() {
        return gap == null
                ? null
                : ExtractLimits.rows(gap.rows()) + " above a gap of " + cursor.column() + " (" + gap.after() + ", then "
                        + gap.first() + ") " + (gap.rows() == 1 ? "is" : "are")
                        + " read every night, since later changes are expected below it; correct "
                        + "the value in the source, or raise cursor.max_gap in "
                        + source.definition() + " if it is right";
    }

    private Boundary boundary(String watermark) {
        List<String> keys = new ArrayList<>();
        BoundarySearch hashes = search();
        latest.forEach(row -> keys.add(hashes.hash(row.key())));
        String from = latest.isEmpty() ? watermark : latest.get(0).cursor();
        Boundary earlier = boundaryBefore();
        if (earlier != null && keys.size() < Boundary.MAX_KEYS) {
            List<String> older = new ArrayList<>(earlier.keys());
            older.removeAll(new HashSet<>(keys));
            int room = Math.min(older.size(), Boundary.MAX_KEYS - keys.size());
            if (room > 0) {
                keys.addAll(0, older.subList(older.size() - room, older.size()));
                from = lower(from, earlier.from());
            }
        }
        return new Boundary(source.feed().key(), from, keys);
    }

    /** What was remembered of the same key; null if nothing was. */
    private @Nullable Boundary boundaryBefore() {
        Boundary boundary = before == null ? null : before.boundary();
        return boundary == null || !boundary.keyColumns().equals(source.feed().key()) ? null : boundary;
    }

    /** Looks for the remembered rows themselves: they may lie further back than the cursor looks. */
    private boolean isThere(Boundary boundary) {
        BoundarySearch search = search();
        try (SourceRows rows = source.openFrom(boundary.from())) {
            RowParser parser = new RowParser(source.feed(), pseudonymiser, rows);
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                String key = parser.key(row);
                if (key != null) {
                    search.note(key);
                }
                if (search.isFound()) {
                    return true;
                }
            }
            return false;
        }
    }

    private FpwException stop(String problem, String known) {
        return new FpwException(
                ExitCode.BAD_DATA,
                source.place() + ": " + problem
                        + "; the source was restored or its counter was reset, and changes below " + known
                        + " would not be found; nothing was loaded; check what happened to "
                        + "the source, and if its state is correct, have everything read and "
                        + "compared once with 'fpw accept " + source.feed().name() + ":cursor --date " + businessDate
                        + " --reason \"...\"'");
    }

    private static String lower(String one, String other) {
        try {
            return Long.parseLong(one) <= Long.parseLong(other) ? one : other;
        } catch (NumberFormatException time) {
            return one.compareTo(other) <= 0 ? one : other;
        }
    }
}
