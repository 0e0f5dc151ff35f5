package uk.fpw.nightly.audit;

import java.nio.file.Path;
import uk.fpw.nightly.program.ProgramException;

/** An audit process that was started and has found nothing. */
final class IncompleteAuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String brief;
    private final transient Path log;

    private IncompleteAuditException(String problem, String brief, Path log) {
        super(problem);
        this.problem = problem;
        this.brief = brief;
        this.log = log;
    }

    /** A process that ended without a result by itself, such as by an error of a library. */
    static IncompleteAuditException ended(ProgramException ended, Path log) {
        return new IncompleteAuditException(ended.problem(), ended.problem(), log);
    }

    /**
     * A process whose result says what went wrong.
     *
     * @param problem may contain a value of a row
     */
    static IncompleteAuditException failed(String problem, Path log) {
        return new IncompleteAuditException(problem, "the audit could not be completed", log);
    }

    /** What went wrong, for the log and for the person at the terminal. */
    String problem() {
        return problem;
    }

    /** The same as it may be stored. */
    String brief() {
        return brief;
    }

    /** The log of the process. */
    Path log() {
        return log;
    }
}
