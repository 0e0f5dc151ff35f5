package uk.fpw.metrics.lifecycle;

/**
 * Something about an event that does not fit the life a queue expects, and what is done about it.
 *
 * @param queue position of the queue among the force's
 */
public record Irregularity(int queue, Code code, ItemEvent event) {

    /** What it is. */
    public enum Code {
        AFTER_BUSINESS_DATE("waits for its day"),
        RECEIVED_AGAIN("counted as re-entry"),
        OUTCOME_UNREADABLE("still counted as waiting"),
        CLOSED_TWICE(Code.IGNORED),
        RECEIVED_TWICE(Code.IGNORED),
        REOPENED_WHILE_OPEN(Code.IGNORED),
        EVENT_REPEATED(Code.IGNORED),
        CLOSED_BEFORE_RECEIVED(Code.EXCLUDED),
        CLOSED_NEVER_RECEIVED(Code.EXCLUDED),
        REOPENED_NEVER_RECEIVED(Code.EXCLUDED),
        DATES_OUT_OF_ORDER(Code.EXCLUDED);

        private static final String IGNORED = "event ignored";
        private static final String EXCLUDED = "item excluded from the queue";

        private final String treatment;

        Code(String treatment) {
            this.treatment = treatment;
        }

        /** Whether the item is excluded from the queue for it. */
        public boolean excludes() {
            return treatment.equals(EXCLUDED);
        }

        /** What is done about it. */
        public String treatment() {
            return treatment;
        }
    }
}
