package uk.fpw.warehouse.run;

/** How a command ends, for a scheduler: the process's exit code. */
public enum ExitCode {
    /** Success; for a nightly run: a release was published. */
    DONE(0),
    /** Unexpected error (probably a bug in this software). */
    INTERNAL(1),
    /** The command line or the force folder is wrong; a retry cannot help. */
    CONFIGURATION(2),
    /** A feed's data cannot be loaded; a retry with the same file cannot help. */
    BAD_DATA(3),
    /** A file is missing, a database does not respond or a disk is full; a retry may help. */
    UNAVAILABLE(4),
    /** The candidate failed its audit; the previous release stays current. */
    AUDIT_FAILED(5),
    /** Another run is in progress; a retry may help. */
    LOCK_HELD(6),
    /** No release was published by the deadline; the run may still be in progress, or never started. */
    NOT_RELEASED(7),
    /**
     * Released, but the steps after the release did not complete, which the next run recovers; or figures of the past
     * have changed without a known cause.
     */
    LATER_STEP_FAILED(8),
    /** Released, but without a feed: figures that depend on it are not available for the date. */
    RELEASED_INCOMPLETE(9),
    /** Stopped because its terminal or session ended (SIGHUP); run again. */
    STOPPED_BY_HANGUP(129),
    /** Stopped from the keyboard (SIGINT); run again. */
    STOPPED_FROM_KEYBOARD(130),
    /** Stopped by a service manager (SIGTERM); run again. */
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
