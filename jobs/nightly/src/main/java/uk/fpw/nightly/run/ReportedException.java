package uk.fpw.nightly.run;

import java.util.List;
import uk.fpw.warehouse.failure.ExitCode;

/** A failure that the run has already reported; the caller only needs the exit code. */
public final class ReportedException extends RuntimeException {

    private final ExitCode exitCode;
    private final transient List<String> lines;

    /**
     * A failure that was reported.
     *
     * @param lines what was printed, without where the log is
     */
    ReportedException(ExitCode exitCode, List<String> lines, Throwable cause) {
        super(cause.getMessage(), cause);
        this.exitCode = exitCode;
        this.lines = lines;
    }

    /** What was printed, without where the log is: why it failed, and what readers see now. */
    public List<String> lines() {
        return lines;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
