package uk.fpw.ingest.database;

import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.CursorGap;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Tracks cursor values while reading rows in any order. The highest value may become the watermark. For whole numbers
 * the watermark never passes a gap: otherwise a mistyped number would hide every change until the source has counted up
 * to it.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class CursorScan {

    private final CursorColumn cursor;
    private final CursorColumn.@Nullable Start start;
    private final @Nullable NumberRuns numbers;
    private @Nullable Comparable highestOther;
    private boolean isMissed;

    /**
     * A new scan.
     *
     * @param start start of the incremental read; null if everything is read
     */
    CursorScan(CursorColumn cursor, CursorColumn.@Nullable Start start) {
        this.cursor = cursor;
        this.start = start;
        this.numbers = cursor.type() == Feed.Type.WHOLE
                ? new NumberRuns(
                        start == null ? null : (Long) start.watermark(),
                        start == null ? cursor.maxGap() : start.allowedGap())
                : null;
    }

    /** Adds the value of the next row, which may be null. */
    void add(@Nullable Object field) {
        Comparable value = field == null ? null : cursor.candidate(field);
        isMissed = value != null && start != null && value.compareTo(start.lowest()) < 0;
        if (value == null) {
            return;
        }
        if (numbers != null) {
            numbers.see((Long) value);
        } else if (highestOther == null || value.compareTo(highestOther) > 0) {
            highestOther = value;
        }
    }

    /** Adds the values of another scan with the same start. */
    void addAll(CursorScan others) {
        if (numbers != null && others.numbers != null) {
            numbers.addAll(others.numbers);
        }
        Comparable other = others.highestOther;
        if (other != null && (highestOther == null || other.compareTo(highestOther) > 0)) {
            highestOther = other;
        }
    }

    /** The highest known or read value that can become the watermark; null if there is none. */
    @Nullable
    String highest() {
        Comparable highest = highestSeen();
        if (start != null && (highest == null || highest.compareTo(start.watermark()) < 0)) {
            return start.watermark().toString();
        }
        return highest == null ? null : highest.toString();
    }

    /** Whether there is a watermark and all values read are below the start of the incremental read. */
    boolean isBehind() {
        Comparable highest = highestSeen();
        return start != null && (highest == null || highest.compareTo(start.lowest()) < 0);
    }

    /** Whether the last row is below the start of the incremental read. */
    boolean isMissed() {
        return isMissed;
    }

    @Nullable
    CursorGap gap() {
        return numbers == null ? null : numbers.gap();
    }

    private @Nullable Comparable highestSeen() {
        return numbers == null ? highestOther : numbers.highest();
    }
}
