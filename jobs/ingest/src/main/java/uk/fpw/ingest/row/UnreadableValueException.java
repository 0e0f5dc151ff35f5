package uk.fpw.ingest.row;

import uk.fpw.warehouse.store.load.RefusedRow;

/** A text is not a valid value of its column. Without a stack trace, since a file may contain very many. */
final class UnreadableValueException extends Exception {

    private final RefusedRow.Code code;

    /**
     * An exception for a refused value.
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
