package uk.fpw.nightly.night;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.ledger.NightLedger;

/**
 * What a run of the warehouse is asked to do.
 *
 * @param businessDate its only date: as-of and known-on
 * @param feed the feed of an ingest; null for every other task
 * @param mayLackFeeds whether a release may be made although feeds could not be loaded
 * @param isDateConfirmed whether the date may lie further after the last known one than the force allows without a
 *     question
 * @param isBackfill whether it is one of several nights that are made up for together, and so may step away from the
 *     release before it
 */
public record RunRequest(
        Task task,
        LocalDate businessDate,
        @Nullable String feed,
        boolean mayLackFeeds,
        boolean isDateConfirmed,
        boolean isBackfill) {

    /** A night, or a part of one. */
    public enum Task {
        /** Every feed, the candidate, its release. */
        NIGHT(NightLedger.NIGHT, "night", "released"),
        /** One feed. */
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

        /** The command by which it is asked for. */
        public String command() {
            return command;
        }

        /** What it is called in a sentence. */
        String description() {
            return description;
        }

        /** Its status in {@code ops.night} once it is done. */
        String done() {
            return done;
        }
    }

    /** A whole night, of which every feed must be loaded. */
    public static RunRequest night(LocalDate businessDate) {
        return new RunRequest(Task.NIGHT, businessDate, null, false, false, false);
    }
}
