package uk.fpw.warehouse.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/**
 * Result of the audit process.
 *
 * @param tables all tables of the request
 * @param quality all tests, passed or failed
 * @param changes for each queue of the current release, how far the candidate differs from it on days known to both;
 *     without common causes of closures, see {@link ClosureRequest}
 * @param excluded items that a queue excludes or counts without an age; only queues that have any
 * @param comparedWith id of the release that {@code changes} refer to; null if the candidate was compared with none
 * @param figureChanges number of changed past figures; null if none were looked for
 * @param timings duration of each part, in order
 * @param failure what went wrong, in one sentence; null if nothing did
 */
public record AuditResult(
        List<Table> tables,
        List<QualityResult> quality,
        List<QueueChange> changes,
        List<QueueExcluded> excluded,
        @Nullable ReleaseId comparedWith,
        @Nullable FigureChangeSummary figureChanges,
        List<Timing> timings,
        @Nullable String failure) {

    /** An audit that failed. */
    public static AuditResult failed(String failure) {
        return new AuditResult(List.of(), List.of(), List.of(), List.of(), null, null, List.of(), failure);
    }

    /** Prefix of the codes of comparisons between published numbers and their recount. */
    public static final String COUNTED_AGAIN = "COUNTED_AGAIN_";

    /** Prefix of the codes of tests that attributes declared fixed hardly ever change. */
    public static final String FIXED_AT_ENTRY = "FIXED_AT_ENTRY_";

    /** The files of a table are undamaged and belong to the table. */
    public static final String CAN_BE_READ = "CAN_BE_READ";

    /** The listed changes of past figures match the differences between the published tables, and add up. */
    public static final String CHANGED_FIGURES_ARE_LISTED = "CHANGED_FIGURES_ARE_LISTED";

    /** The listed changes of quantiles and shares match the published tables. */
    public static final String CHANGED_STATISTICS_ARE_PUBLISHED = "CHANGED_STATISTICS_ARE_PUBLISHED";

    /** A table has as many rows as were written. */
    public static final String ROWS_ARE_THERE = "ROWS_ARE_THERE";

    /** Figures are available exactly up to the day to which their feeds are known. */
    public static final String AVAILABLE_AS_FAR_AS_KNOWN = "AVAILABLE_AS_FAR_AS_KNOWN";

    /** Rows about periods before items were removed are those of the replaced release. */
    public static final String FROZEN_AS_RELEASED = "FROZEN_AS_RELEASED";

    /** The rows about periods before items were removed are marked as copies, and no others are. */
    public static final String FROZEN_IS_MARKED = "FROZEN_IS_MARKED";

    /** All codes in a feed's rows are listed by the feed. */
    public static final String UNLISTED_CODE = "UNLISTED_CODE";

    /** All values of a column with a closed list are in the list. */
    public static final String UNLISTED_VALUE = "UNLISTED_VALUE";

    /** Staging made the events that the codes and dates in a feed's rows imply. */
    public static final String CODES_AND_EVENTS = "CODES_AND_EVENTS";

    /** Prefix of the codes of tests that items of a kind belong to a known case. */
    public static final String LINKED_TO_A_CASE = "LINKED_TO_A_CASE_";

    /** Items of a feed differ in more than blanks and case. */
    public static final String ITEMS_DIFFER = "ITEMS_DIFFER";

    /** Closed cases still wait in a queue. */
    public static final String CLOSED_CASES_WAIT = "CLOSED_CASES_WAIT";

    /** Many entries of a queue fall on days on which it is not served. */
    public static final String ENTRIES_WITHOUT_SERVICE = "ENTRIES_WITHOUT_SERVICE";

    /** Whether a test counts something that is never quite right in a source, so only a jump is reported. */
    public static boolean isCounted(String code) {
        return code.startsWith(LINKED_TO_A_CASE) || code.equals(ITEMS_DIFFER) || code.equals(ENTRIES_WITHOUT_SERVICE);
    }

    /**
     * Whether the findings of a test happened since the previous release. Findings of other tests persist until
     * somebody corrects them, so they are reported once, not every night.
     */
    public static boolean isOfAChange(String code) {
        return code.equals("CHANGES_ARE_EXPLAINED") || code.equals("ROWS_LEFT_SCOPE");
    }

    /** Whether a failed test means a software bug or a disk error rather than bad source data. */
    public static boolean isOfSoftware(String code) {
        return code.startsWith(COUNTED_AGAIN)
                || code.equals(CAN_BE_READ)
                || code.equals(ROWS_ARE_THERE)
                || code.equals(AVAILABLE_AS_FAR_AS_KNOWN)
                || code.equals(FROZEN_AS_RELEASED)
                || code.equals(FROZEN_IS_MARKED)
                || code.equals(CHANGED_FIGURES_ARE_LISTED)
                || code.equals(CHANGED_STATISTICS_ARE_PUBLISHED);
    }

    /**
     * One table.
     *
     * @param digest SHA-256 (hex) of its rows in any order, without {@code release_id}; empty if its files cannot be
     *     read
     */
    public record Table(String name, long rowCount, String digest) {

        /** A table whose files could not be read. */
        public static Table unreadable(String name) {
            return new Table(name, 0, "");
        }

        /** Whether its files could be read. */
        public boolean wasRead() {
            return !digest.isEmpty();
        }
    }
}
