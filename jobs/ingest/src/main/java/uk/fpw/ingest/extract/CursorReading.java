package uk.fpw.ingest.extract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.CursorGap;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity.Identity;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * The cursor of an incremental database feed: finds the next watermark, and checks that the source continues where the
 * last load ended.
 */
public final class CursorReading {

    /** Maximum values of counters with 16, 32 and 64 bits, and with four to nine digits. */
    private static final long[] ENDS_OF_COUNTERS = {
        9_999,
        Short.MAX_VALUE,
        0xFFFF,
        99_999,
        999_999,
        9_999_999,
        99_999_999,
        999_999_999,
        Integer.MAX_VALUE,
        0xFFFF_FFFFL,
        Long.MAX_VALUE
    };

    /** A counter within a thousandth of its maximum has almost reached it. */
    private static final long NEAR_END = 1000;

    private final RowSource source;
    private final Origin.Cursor cursor;
    private final LocalDate businessDate;
    private final @Nullable Watermark before;
    private final @Nullable Identity identityBefore;
    private boolean isBehind;
    private @Nullable String highest;
    private @Nullable CursorGap gap;
    private @Nullable Identity identity;
    private @Nullable String identityNote;
    private boolean comparesEveryRange;

    /**
     * A cursor before reading.
     *
     * @param before position up to which changes are known; null if nothing is known
     */
    CursorReading(LoadContext load, Origin.Cursor cursor, @Nullable Watermark before) {
        this.source = load.source();
        this.cursor = cursor;
        this.businessDate = load.businessDate();
        this.before = before;
        this.identityBefore =
                load.ledger().sourceContinuity().identity(load.feed().name());
    }

    /**
     * Before reading, stops the load if the database is not the one that the previous load read.
     *
     * @throws FpwException with {@code BAD_DATA}
     */
    void checkIdentity() {
        Identity found = source.identity();
        identity = found;
        if (found == null) {
            return;
        }
        Identity known = identityBefore;
        if (!found.isReadable()) {
            identityNote = known != null && !known.isReadable()
                    ? null
                    : "the user of the connection may not read which database it is, so that another or restored one "
                            + "is recognised by its rows alone (docs/force-folder.md says what to grant); this is "
                            + "reported once";
        } else if (before != null && known != null && known.system() != null) {
            if (!known.system().equals(found.system())) {
                throw stop(
                        "is in another database, or a restored one: its identifier is " + found.system() + ", but was "
                                + known.system() + " when it was last loaded",
                        before.value());
            }
            if (!Objects.equals(known.timeline(), found.timeline())) {
                comparesEveryRange = true;
                identityNote = "the database is on another timeline (" + found.timeline() + ", before "
                        + known.timeline() + "): a standby has taken over, or it was restored; every range of "
                        + cursor.column() + " was compared";
            }
        }
    }

    /**
     * Stops the load if the counter seems to have wrapped: it had almost reached a maximum of 32 bits or more, there
     * are no higher numbers, and the source has unknown rows with lower numbers.
     *
     * @param hasMore whether any range of numbers has more rows than known
     */
    public void checkCounter(boolean hasMore) {
        Long end = endOfCounter();
        if (end != null
                && end >= Integer.MAX_VALUE
                && hasMore
                && before != null
                && before.value().equals(highest)) {
            throw stop(
                    "has new rows with a low " + cursor.column() + ", and none above " + before.value()
                            + ": the counter has probably passed its largest number, " + end + ", and begun again",
                    before.value());
        }
    }

    /** The maximum of a common counter type that the known value has almost reached; null if there is none. */
    private @Nullable Long endOfCounter() {
        if (before == null || source.feed().column(cursor.column()).type() != Feed.Type.WHOLE) {
            return null;
        }
        long value = Long.parseLong(before.value());
        for (long end : ENDS_OF_COUNTERS) {
            if (value <= end && value >= end - Math.max(end / NEAR_END, cursor.lookBack())) {
                return end;
            }
        }
        return null;
    }

    /** Identity of the database; null if it does not have one. */
    @Nullable
    public Identity identity() {
        return identity;
    }

    /** Whether the load compares all ranges of the cursor. */
    public boolean comparesEveryRange() {
        return comparesEveryRange || endOfCounter() != null;
    }

    /** Number of rows to compare otherwise. */
    public long comparedRows() {
        return cursor.comparedRows();
    }

    /** The cursor column of the feed. */
    public String column() {
        return cursor.column();
    }

    /** Highest known or read value; null if there is none. */
    @Nullable
    public String highest() {
        return highest;
    }

    /** Takes over the result of a complete read; must be called before the rows are closed. */
    void end(SourceRows rows) {
        highest = rows.highest();
        isBehind = rows.isBehind();
        gap = rows.gap();
    }

    /**
     * Stops the load if the source does not continue where the last load ended. This means that it was restored or its
     * counter was reset, and that its next changes would be missed.
     *
     * @throws FpwException with {@code BAD_DATA}
     */
    void check() {
        if (before == null) {
            return;
        }
        if (isBehind) {
            String found = source.highestBelow();
            Long end = endOfCounter();
            throw stop(
                    (found == null
                                    ? "has no row with a value of " + cursor.column()
                                    : "the highest " + cursor.column() + " is " + found)
                            + ", but changes are known up to " + before.value() + ", and cursor.look_back in "
                            + source.definition() + " is only " + cursor.lookBack()
                            + (end == null
                                    ? ""
                                    : "; the counter has probably passed its largest number, " + end
                                            + ", and begun again"),
                    before.value());
        }
    }

    /** The watermark after this load; null if there is none. */
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
        return new Watermark(cursor.column(), highest, advances, true);
    }

    /** Number of rows above a gap, which are read in every run. */
    public long aboveGap() {
        return gap == null ? 0 : gap.rows();
    }

    /** Note for the operator about the cursor; null if there is none. */
    @Nullable
    public String note() {
        String notes =
                Stream.of(identityNote, gapNote()).filter(Objects::nonNull).collect(Collectors.joining("; "));
        return notes.isEmpty() ? null : notes;
    }

    private @Nullable String gapNote() {
        return gap == null
                ? null
                : Plural.of(gap.rows(), "row") + " above a gap of " + cursor.column() + " (" + gap.after() + ", then "
                        + gap.first() + ") " + (gap.rows() == 1 ? "is" : "are")
                        + " read every night, since later changes are expected below it; correct "
                        + "the value in the source, or raise cursor.max_gap in "
                        + source.definition() + " if it is right";
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
}
