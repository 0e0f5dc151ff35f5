package uk.fpw.nightly.night;

import uk.fpw.warehouse.run.ExitCode;

/** A night failed and has said so: only the exit code is left to be passed on. */
public final class ReportedException extends RuntimeException {

    private final ExitCode exitCode;

    ReportedException(ExitCode exitCode, Throwable cause) {
        super(cause.getMessage(), cause);
        this.exitCode = exitCode;
    }

    /** What kind of failure it was. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
