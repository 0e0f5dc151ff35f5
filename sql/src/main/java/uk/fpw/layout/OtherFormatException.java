package uk.fpw.layout;

import java.io.IOException;

/** A file has another form than this version reads. */
public final class OtherFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String format;

    OtherFormatException(String format, int readable) {
        super("format " + format + " is not " + readable);
        this.format = format;
    }

    /** The format that the file says it has; empty if it says none. */
    public String format() {
        return format;
    }
}
