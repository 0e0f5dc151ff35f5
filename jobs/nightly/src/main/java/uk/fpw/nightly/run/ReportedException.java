package uk.fpw.nightly.run;

import uk.fpw.warehouse.run.ExitCode;

/** A run failed and has reported it: only the exit code is passed on. */
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
