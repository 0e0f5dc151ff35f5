package uk.fpw.layout;

/** A text is not an id; the message says of what, and in which form one is written. */
final class InvalidIdException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidIdException(String message) {
        super(message);
    }
}
