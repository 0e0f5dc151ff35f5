package uk.fpw.nightly.audit;

import java.nio.file.Path;

/** An audit process that was started and has found nothing. */
final class IncompleteAuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Exit code of a process that was killed (128 + 9), on Linux by the kernel if there is no memory left. */
    private static final int KILLED = 137;

    private final String problem;
    private final String brief;
    private final boolean isOutOfMemory;
    private final transient Path log;

    private IncompleteAuditException(String problem, String brief, boolean isOutOfMemory, Path log) {
        super(problem);
        this.problem = problem;
        this.brief = brief;
        this.isOutOfMemory = isOutOfMemory;
        this.log = log;
    }

    /** A process that ended without a result, such as by a signal or an error of a library. */
    static IncompleteAuditException ended(int exitCode, Path log) {
        String memory = exitCode == KILLED ? ", probably because the machine ran out of memory" : "";
        return new IncompleteAuditException(
                "it ended with exit code " + exitCode + " and without a result" + memory,
                "the audit process ended with exit code " + exitCode + memory,
                exitCode == KILLED,
                log);
    }

    /**
     * A process whose result says what went wrong.
     *
     * @param problem may contain a value of a row
     */
    static IncompleteAuditException failed(String problem, Path log) {
        return new IncompleteAuditException(problem, "the audit could not be completed", false, log);
    }

    /** What went wrong, for the log and for the person at the terminal. */
    String problem() {
        return problem;
    }

    /** The same as it may be stored. */
    String brief() {
        return brief;
    }

    /** Whether the machine has probably run out of memory. */
    boolean isOutOfMemory() {
        return isOutOfMemory;
    }

    /** The log of the process. */
    Path log() {
        return log;
    }
}
