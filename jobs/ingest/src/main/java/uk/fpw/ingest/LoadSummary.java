package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.load.LoadCounts;

/**
 * One load as it is told to a person.
 *
 * @param received rows in the file: loaded + unchanged + repeated + refused
 * @param repeated rows that repeat an earlier row of the file word for word
 * @param deleted current rows that the file no longer holds
 * @param flagged loaded rows with an ambiguous local time, of which the earlier was taken
 * @param emptyKey refused rows whose key, or a part of it, is empty
 * @param held current rows that the file does not hold and that are not deleted yet
 * @param isOfThisRun whether this run loaded it; if not, one that was interrupted did, and this one goes on from there
 * @param millis wall time; 0 of a load of an interrupted run
 * @param note what a person should know of the load although it succeeded; null if nothing
 */
public record LoadSummary(
        String feed,
        String loadId,
        long received,
        long loaded,
        long unchanged,
        long repeated,
        long refused,
        long deleted,
        long flagged,
        long emptyKey,
        long held,
        boolean isOfThisRun,
        long millis,
        @Nullable String note) {

    /** A load of this run. */
    static LoadSummary of(String feed, String loadId, LoadCounts counts, long millis, @Nullable String note) {
        return of(feed, loadId, counts, true, millis, note);
    }

    /** A load of a run that was interrupted. */
    static LoadSummary ofInterrupted(String feed, String loadId, LoadCounts counts, @Nullable String note) {
        return of(feed, loadId, counts, false, 0, note);
    }

    private static LoadSummary of(
            String feed, String loadId, LoadCounts counts, boolean isOfThisRun, long millis, @Nullable String note) {
        return new LoadSummary(
                feed,
                loadId,
                counts.received(),
                counts.loaded(),
                counts.unchanged(),
                counts.repeated(),
                counts.refused(),
                counts.deleted(),
                counts.flagged(),
                counts.emptyKey(),
                counts.held(),
                isOfThisRun,
                millis,
                note);
    }
}
