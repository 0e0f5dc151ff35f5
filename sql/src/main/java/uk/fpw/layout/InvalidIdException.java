package uk.fpw.layout;

/** A text is not a valid id. The message says which kind of id and what its form is. */
final class InvalidIdException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidIdException(String message) {
        super(message);
    }
}
