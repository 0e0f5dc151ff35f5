package uk.fpw.metrics.lifecycle;

/**
 * An event that does not fit the history that a queue expects, and how it is treated.
 *
 * @param queue position of the queue among the force's
 */
public record Irregularity(int queue, Code code, ItemEvent event) {

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

        /** Whether it excludes the item from the queue. */
        public boolean excludes() {
            return treatment.equals(EXCLUDED);
        }

        /** How it is treated, as published. */
        public String treatment() {
            return treatment;
        }
    }
}
