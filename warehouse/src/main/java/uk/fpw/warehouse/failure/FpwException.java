package uk.fpw.warehouse.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can fix. The message says what happened, where, and what to do; the exit code says what kind
 * of failure it is. Printed without a stack trace.
 */
public class FpwException extends RuntimeException {

    private final ExitCode exitCode;

    /** A failure without a technical cause. */
    public FpwException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** A failure with a technical cause, which only goes to the log. */
    public FpwException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The kind of failure. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
