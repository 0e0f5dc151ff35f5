package uk.fpw.warehouse.store.absence;

/** A part of a file cannot be decompressed, so that it may contain anything. The message contains no value. */
final class Unsearched extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param reason why, to follow the name of the file */
    Unsearched(String reason) {
        super(reason);
    }
}
