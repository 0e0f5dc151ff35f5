package uk.fpw.warehouse.failure;

import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can act on: its message states what, where and what to do, and its exit code the kind of
 * failure. Printed without a stack trace.
 */
public class FpwException extends RuntimeException {

    private final ExitCode exitCode;

    /** A failure without a technical cause. */
    public FpwException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    /** A failure with its technical cause, which goes to the log only. */
    public FpwException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What kind of failure it is. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
