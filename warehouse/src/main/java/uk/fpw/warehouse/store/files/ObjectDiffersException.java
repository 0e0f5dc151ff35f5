package uk.fpw.warehouse.store.files;

import java.io.IOException;

/** What an object store returned is not what was written. The message says why, such as the number of bytes. */
public final class ObjectDiffersException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, as the end of a sentence that starts with the location. */
    public ObjectDiffersException(String problem) {
        super(problem);
    }
}
