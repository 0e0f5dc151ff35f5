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

    /** The command line or the force folder is wrong, without a technical cause; see {@link ExitCode#CONFIGURATION}. */
    public static FpwException configuration(String message) {
        return configuration(message, null);
    }

    /** The command line or the force folder is wrong; see {@link ExitCode#CONFIGURATION}. */
    public static FpwException configuration(String message, @Nullable Throwable cause) {
        return new FpwException(ExitCode.CONFIGURATION, message, cause);
    }

    /** Something does not respond or cannot be read, without a technical cause; see {@link ExitCode#UNAVAILABLE}. */
    public static FpwException unavailable(String message) {
        return unavailable(message, null);
    }

    /** Something does not respond or cannot be read; see {@link ExitCode#UNAVAILABLE}. */
    public static FpwException unavailable(String message, @Nullable Throwable cause) {
        return new FpwException(ExitCode.UNAVAILABLE, message, cause);
    }

    /** The kind of failure. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
