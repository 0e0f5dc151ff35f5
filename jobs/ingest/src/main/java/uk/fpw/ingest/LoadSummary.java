package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.LoadCounts;

/**
 * One load, for messages.
 *
 * @param counts where the rows of the file went
 * @param isOfThisRun whether this run loaded it; if not, one that was interrupted did, and this one continues from
 *     there
 * @param millis wall time; 0 of a load of an interrupted run
 * @param note note for the operator on a load that succeeded; null if none
 */
public record LoadSummary(
        String feed,
        String loadId,
        LoadCounts counts,
        boolean isOfThisRun,
        long millis,
        @Nullable String note) {

    /** A load of this run. */
    static LoadSummary of(String feed, String loadId, LoadCounts counts, long millis, @Nullable String note) {
        return new LoadSummary(feed, loadId, counts, true, millis, note);
    }

    /** A load of a run that was interrupted. */
    static LoadSummary ofInterrupted(String feed, String loadId, LoadCounts counts, @Nullable String note) {
        return new LoadSummary(feed, loadId, counts, false, 0, note);
    }
}
