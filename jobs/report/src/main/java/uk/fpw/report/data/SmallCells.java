package uk.fpw.report.data;

import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/**
 * Keeps figures of so few cases or people that one of them could be known off the pages for the whole force. It hides
 * single cells and does not protect against differences between cells or releases, so that all pages stay restricted.
 *
 * @param threshold cases or people; a figure of 1 or more, but fewer than this, is not shown
 */
public record SmallCells(int threshold) {

    /** Whether a figure of that many cases or people may be shown. One of none is; one of an unknown number is not. */
    public boolean shows(@Nullable Long contributors) {
        return contributors != null && (contributors == 0 || contributors >= threshold);
    }

    /**
     * A count as text.
     *
     * @param count the count; null if unknown
     * @param contributors cases or people behind it
     */
    public String text(@Nullable Long count, @Nullable Long contributors) {
        if (count == null) {
            return English.UNKNOWN;
        }
        return count == 0 || isShown(count, contributors) ? English.count(count) : hidden();
    }

    /** The count, or null where it is unknown or too small: for a chart, which has a gap then. */
    public @Nullable Long shown(@Nullable Long count, @Nullable Long contributors) {
        return count != null && (count == 0 || isShown(count, contributors)) ? count : null;
    }

    /**
     * Whether a share may be shown: the count that it is of, and the rest, are none or enough.
     *
     * @param part cases or items that have it; null if unknown
     * @param whole all of them; null if unknown
     */
    public boolean showsShare(@Nullable Long part, @Nullable Long whole) {
        return part != null && whole != null && whole > 0 && shows(part) && shows(whole - part);
    }

    /** In place of a small count. */
    public String hidden() {
        return "fewer than " + threshold;
    }

    private boolean isShown(long count, @Nullable Long contributors) {
        return Math.abs(count) >= threshold && (contributors == null || shows(contributors));
    }
}
