package uk.fpw.ingest.database;

import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.Gap;

/**
 * The cursor's values in one reading, which come in ascending order. The highest is what may become the watermark: of whole numbers it never rises over a gap, since a number that
 * somebody mistyped would otherwise hide every change until the source has counted up to it.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
final class CursorScan {

    private final CursorColumn cursor;
    private final CursorColumn.@Nullable Start start;
    private @Nullable Comparable highest;
    private @Nullable Comparable latest;
    private boolean isMissed;
    private @Nullable Gap gap;

    /**
     * Nothing was read yet.
     *
     * @param start up to where changes are known; null if nothing is
     */
    CursorScan(CursorColumn cursor, CursorColumn.@Nullable Start start) {
        this.cursor = cursor;
        this.start = start;
    }

    /** Takes the value of the next row; null if it has none. */
    void see(@Nullable Object field) {
        Comparable value = field == null ? null : cursor.candidate(field);
        latest = null;
        isMissed = value != null && start != null && value.compareTo(start.lowest()) < 0;
        if (value == null) {
            return;
        }
        if (value instanceof Long number && isAboveGap(number)) {
            return;
        }
        latest = value;
        if (highest == null || value.compareTo(highest) > 0) {
            highest = value;
        }
    }

    /** The value of the row seen last; null if it cannot become the watermark. */
    @Nullable
    String latest() {
        return latest == null ? null : latest.toString();
    }

    /** The highest value known before or seen that can be the watermark; null if there is none. */
    @Nullable
    String highest() {
        if (start != null && (highest == null || highest.compareTo(start.watermark()) < 0)) {
            return start.watermark().toString();
        }
        return highest == null ? null : highest.toString();
    }

    /** Whether something is known of the source's changes, and all that was seen lies below where the reading of changes begins. */
    boolean isBehind() {
        return start != null && (highest == null || highest.compareTo(start.lowest()) < 0);
    }

    /** Whether the row seen last lies below where the reading of changes begins. */
    boolean isMissed() {
        return isMissed;
    }

    @Nullable
    Gap gap() {
        return gap;
    }

    private boolean isAboveGap(long value) {
        Long reached = (Long) highest;
        if (start != null) {
            long known = (Long) start.watermark();
            reached = reached == null ? known : Math.max(reached, known);
        }
        if (reached == null) {
            return false;
        }
        long allowed = start == null ? cursor.maxGap() : start.allowedGap();
        if (reached > Long.MAX_VALUE - allowed || value <= reached + allowed) {
            return false;
        }
        gap = gap == null ? new Gap(reached, value, 1) : new Gap(gap.after(), gap.first(), gap.rows() + 1);
        return true;
    }
}
