package uk.fpw.layout;

import java.io.IOException;

/** A file has a format that this version does not read. */
public final class OtherFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String format;

    OtherFormatException(String format, int readable) {
        super("format " + format + " is not " + readable);
        this.format = format;
    }

    /** The format that the file states; empty if it states none. */
    public String format() {
        return format;
    }
}
