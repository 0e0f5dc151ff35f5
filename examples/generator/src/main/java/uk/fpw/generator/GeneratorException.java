package uk.fpw.generator;

/** A system of the synthetic force cannot be written; the message says which and why. */
public final class GeneratorException extends RuntimeException {

    GeneratorException(String message, Throwable cause) {
        super(message, cause);
    }
}
