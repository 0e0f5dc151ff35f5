package uk.fpw.generator.record;

/** A system of the synthetic force cannot be written; the message says which and why. */
public final class GeneratorException extends RuntimeException {

    /** What went wrong, and why. */
    public GeneratorException(String message, Throwable cause) {
        super(message, cause);
    }
}
