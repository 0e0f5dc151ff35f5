package uk.fpw.nightly.audit;

import java.nio.file.Path;
import uk.fpw.nightly.program.ProgramException;

/** An audit process that was started and returned no finding. */
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

    /** The process ended without a result, for example because of an error in a library. */
    static IncompleteAuditException ended(ProgramException ended, Path log) {
        return new IncompleteAuditException(ended.problem(), ended.problem(), log);
    }

    /** The result of the process says what went wrong. */
    static IncompleteAuditException failed(String problem, Path log) {
        return new IncompleteAuditException(problem, "the audit could not be completed", log);
    }

    /** What went wrong, for the log and for the person at the terminal. */
    String problem() {
        return problem;
    }

    /** The same without values of rows, so that it may be stored. */
    String brief() {
        return brief;
    }

    /** The log of the process. */
    Path log() {
        return log;
    }
}
