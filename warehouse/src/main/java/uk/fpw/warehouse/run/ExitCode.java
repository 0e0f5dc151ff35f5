package uk.fpw.warehouse.run;

/** How a command ends, for a scheduler: the process's exit code. */
public enum ExitCode {
    /** Done; a night was released. */
    DONE(0),
    /** Something unforeseen, most likely a defect of this software. */
    INTERNAL(1),
    /** The command line or the force folder is wrong; a retry cannot help. */
    CONFIGURATION(2),
    /** A feed's data cannot be loaded; a retry with the same file cannot help. */
    BAD_DATA(3),
    /** A file is missing, a database does not answer or a disk is full; a retry may help. */
    UNAVAILABLE(4),
    /** The candidate failed its audit; the previous release stands. */
    AUDIT_FAILED(5),
    /** Another night is running; a retry may help. */
    LOCK_HELD(6),
    /** No release was out by the deadline; the night may still be running, or never began. */
    NOT_RELEASED(7),
    /** Released, but what follows the release did not end; the next night makes it up. */
    RELEASED_WITH_TROUBLE(8),
    /** Released, but without a feed: what depends on it is not available for the night. */
    RELEASED_INCOMPLETE(9),
    /** Stopped because its terminal or session ended (SIGHUP); run again. */
    STOPPED_BY_HANGUP(129),
    /** Stopped from the keyboard (SIGINT); run again. */
    STOPPED_FROM_KEYBOARD(130),
    /** Stopped by whoever manages it (SIGTERM); run again. */
    STOPPED_BY_TERM(143);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }

    /** Whether that is the exit code of a command that a signal stopped. */
    public static boolean isStop(int code) {
        return code == STOPPED_FROM_KEYBOARD.code || isStopByManager(code);
    }

    /** Whether that is the exit code of a command that a signal stopped which no person gave at the keyboard. */
    public static boolean isStopByManager(int code) {
        return code == STOPPED_BY_HANGUP.code || code == STOPPED_BY_TERM.code;
    }
}
