package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.load.LoadCounts;

/**
 * A load, for messages.
 *
 * @param counts counts of the rows of the file
 * @param isOfThisRun whether this run made the load; if not, an interrupted run did, and this run resumes it
 * @param millis wall time in milliseconds; 0 for a load of an interrupted run
 * @param note note for the operator on a successful load; null if there is none
 */
public record LoadSummary(
        String feed,
        String loadId,
        LoadCounts counts,
        boolean isOfThisRun,
        long millis,
        @Nullable String note) {

    /** A load made by this run. */
    static LoadSummary of(String feed, String loadId, LoadCounts counts, long millis, @Nullable String note) {
        return new LoadSummary(feed, loadId, counts, true, millis, note);
    }

    /** A load made by an interrupted run. */
    static LoadSummary ofInterrupted(String feed, String loadId, LoadCounts counts, @Nullable String note) {
        return new LoadSummary(feed, loadId, counts, false, 0, note);
    }
}
