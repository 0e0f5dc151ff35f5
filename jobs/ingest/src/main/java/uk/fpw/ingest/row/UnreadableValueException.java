package uk.fpw.ingest.row;

import uk.fpw.warehouse.store.load.RefusedRow;

/** A text that is not a value of its column. Carries no stack trace: a file may hold very many. */
final class UnreadableValueException extends Exception {

    private final RefusedRow.Code code;

    /**
     * Says what is wrong with the text.
     *
     * @param problem continues a sentence that starts with the column's name; never contains the text itself
     */
    UnreadableValueException(RefusedRow.Code code, String problem) {
        super(problem, null, false, false);
        this.code = code;
    }

    RefusedRow.Code code() {
        return code;
    }

    String problem() {
        return String.valueOf(getMessage());
    }
}
