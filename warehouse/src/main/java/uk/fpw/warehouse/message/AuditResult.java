package uk.fpw.warehouse.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.QueueExcluded;
import uk.fpw.warehouse.message.MetricsResult.Timing;

/**
 * What the audit process found.
 *
 * @param tables every table that it was given
 * @param quality every test, passed or not
 * @param changes per queue that the current release has, how far the candidate differs from it on days that both know;
 *     without what closures have in common, see {@link ClosureRequest}
 * @param excluded per queue, the items that it excludes or counts without an age; only queues that have any
 * @param comparedWith id of the release that {@code changes} are about; null if the candidate was compared with none
 * @param figureChanges how many figures of the past have changed; null if none were looked for
 * @param timings where the seconds went, in order
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

    /** An audit that could not be completed. */
    public static AuditResult failed(String failure) {
        return new AuditResult(List.of(), List.of(), List.of(), List.of(), null, null, List.of(), failure);
    }

    /** Prefix of the code of every comparison of published numbers with their recount. */
    public static final String COUNTED_AGAIN = "COUNTED_AGAIN_";

    /** Prefix of the code of the tests that attributes declared fixed hardly ever change. */
    public static final String FIXED_AT_ENTRY = "FIXED_AT_ENTRY_";

    /** The files of a table are whole, and are files of this table. */
    public static final String CAN_BE_READ = "CAN_BE_READ";

    /** The changed figures of the past are those that differ between the published tables, and add up. */
    public static final String CHANGED_FIGURES_ARE_LISTED = "CHANGED_FIGURES_ARE_LISTED";

    /** The changed quantiles and shares are those of the published tables. */
    public static final String CHANGED_STATISTICS_ARE_PUBLISHED = "CHANGED_STATISTICS_ARE_PUBLISHED";

    /** A table has as many rows as were written. */
    public static final String ROWS_ARE_THERE = "ROWS_ARE_THERE";

    /** A row is available exactly as far as the feeds behind it are known. */
    public static final String AVAILABLE_AS_FAR_AS_KNOWN = "AVAILABLE_AS_FAR_AS_KNOWN";

    /** Every code of a feed's rows is listed by the feed. */
    public static final String UNLISTED_CODE = "UNLISTED_CODE";

    /** Every value of a column with a closed list is in it. */
    public static final String UNLISTED_VALUE = "UNLISTED_VALUE";

    /** Staging made the events that the codes and dates of a feed's rows tell of. */
    public static final String CODES_AND_EVENTS = "CODES_AND_EVENTS";

    /** Prefix of the code of the test that items of a kind belong to a case that is known. */
    public static final String LINKED_TO_A_CASE = "LINKED_TO_A_CASE_";

    /** Items of a feed differ in more than blanks and capitals. */
    public static final String ITEMS_DIFFER = "ITEMS_DIFFER";

    /** Cases that are closed wait in a queue. */
    public static final String CLOSED_CASES_WAIT = "CLOSED_CASES_WAIT";

    /** Whether a test of that code counts what is never quite right in a source: only a jump is told. */
    public static boolean isCounted(String code) {
        return code.startsWith(LINKED_TO_A_CASE) || code.equals(ITEMS_DIFFER);
    }

    /**
     * Whether what a test of that code finds happened since the release before. What others find is there until
     * somebody corrects it, so that the same is told once, not every night.
     */
    public static boolean isOfAChange(String code) {
        return code.equals("CHANGES_ARE_EXPLAINED") || code.equals("ROWS_LEFT_SCOPE");
    }

    /**
     * Whether a test of that code fails by a bug in the software or of the disk, and not by what is in the sources.
     */
    public static boolean isOfSoftware(String code) {
        return code.startsWith(COUNTED_AGAIN)
                || code.equals(CAN_BE_READ)
                || code.equals(ROWS_ARE_THERE)
                || code.equals(AVAILABLE_AS_FAR_AS_KNOWN)
                || code.equals(CHANGED_FIGURES_ARE_LISTED)
                || code.equals(CHANGED_STATISTICS_ARE_PUBLISHED);
    }

    /**
     * One table.
     *
     * @param digest SHA-256 (hex) of its rows in any order, without their {@code release_id}; empty if its
     *     files cannot be read
     */
    public record Table(String name, long rowCount, String digest) {

        /** A table whose files cannot be read. */
        public static Table unreadable(String name) {
            return new Table(name, 0, "");
        }

        /** Whether its files could be read. */
        public boolean wasRead() {
            return !digest.isEmpty();
        }
    }
}
