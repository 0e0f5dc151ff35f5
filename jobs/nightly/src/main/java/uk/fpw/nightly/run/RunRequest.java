package uk.fpw.nightly.run;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.RunLedger;

/**
 * The request for a run of the warehouse.
 *
 * @param businessDate both its as-of and its known-on date
 * @param feed the only feed of an ingest; null for all of them, and for every other task
 * @param allowsMissingFeeds whether a release may be created although feeds could not be loaded
 * @param isDateConfirmed whether the date may be more than {@code confirm_date_after_days} after the last business date
 * @param isBackfill whether it is part of a backfill, whose figures may differ from the previous release
 */
public record RunRequest(
        Task task,
        LocalDate businessDate,
        @Nullable String feed,
        boolean allowsMissingFeeds,
        boolean isDateConfirmed,
        boolean isBackfill) {

    /** A nightly run, or a part of it. */
    public enum Task {
        /** Every feed, the candidate, its release. */
        NIGHTLY(RunLedger.NIGHTLY, "nightly run", "released"),
        /** One feed, or every feed. */
        INGEST("ingest", "ingest", "loaded"),
        /** The candidate, from what is loaded. */
        METRICS("metrics", "metrics run", "computed"),
        /** The release of the latest candidate. */
        RELEASE("release", "release", "released");

        private final String command;
        private final String description;
        private final String done;

        Task(String command, String words, String done) {
            this.command = command;
            this.description = words;
            this.done = done;
        }

        /** Its command. */
        public String command() {
            return command;
        }

        /** Its name in a sentence. */
        String description() {
            return description;
        }

        /** Its status in {@code ops.night} once it is done. */
        String done() {
            return done;
        }
    }

    /** A complete nightly run, for which every feed must be loaded. */
    public static RunRequest nightly(LocalDate businessDate) {
        return new RunRequest(Task.NIGHTLY, businessDate, null, false, false, false);
    }
}
