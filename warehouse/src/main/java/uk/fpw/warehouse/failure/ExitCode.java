package uk.fpw.warehouse.failure;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The exit code of a command, for schedulers. */
public enum ExitCode {
    /** Success; for a nightly run: a release was published. */
    DONE(0, "nothing failed", ""),
    /** Unexpected error (probably a bug in this software). */
    INTERNAL(
            1,
            "an unexpected error occurred",
            "Run the date once more; if it fails again, keep the folder of the run and report it."),
    /** The command line or the force folder is wrong; a retry cannot help. */
    CONFIGURATION(
            2,
            "a definition or a setting is wrong",
            "Correct what the message names, try it with fpw check, then run the date again."),
    /** A feed's data cannot be loaded; a retry with the same file cannot help. */
    BAD_DATA(
            3,
            "the data of a feed could not be loaded",
            "Correct the source or the feed, as the message says, then run the date again."),
    /** A file is missing, a database does not respond or a disk is full; a retry may help. */
    UNAVAILABLE(
            4,
            "a source, the database or a disk was not available",
            "Wait for what the message names, or free disk space, then run the date again."),
    /** The candidate failed its audit; the previous release stays current. */
    AUDIT_FAILED(
            5,
            "the new figures did not pass their tests and limits",
            "Look at each finding; where a change is right, fpw accept its limit, then run the date again."),
    /** Another run is in progress; a retry may help. */
    LOCK_HELD(6, "another run was in progress", "Wait until the other run has ended, then run the date again."),
    /** No release was published by the deadline; the run may still be in progress, or never started. */
    NOT_RELEASED(
            7, "nothing was released by the deadline", "See whether the run failed, is in progress or never began."),
    /**
     * Released, but a later step failed, which the next run repeats; or past figures have changed without a known
     * cause.
     */
    LATER_STEP_FAILED(
            8,
            "a step after the release failed",
            "See which step failed: the next run repeats it, fpw report the pages, fpw export the exports."),
    /**
     * Released without a feed, so figures that depend on it are not available for the date; or more rows that may have
     * been deleted are held than on the night before or than a feed allows.
     */
    RELEASED_INCOMPLETE(
            9,
            "a feed was missing, or rows count that may be gone",
            "Run the date again if the missing file may still come."),
    /** A file of the warehouse is missing or damaged; a retry cannot help, the message says what does. */
    DAMAGED(10, "files of the warehouse are missing or damaged", "Bring the file back as the message says."),
    /** Stopped because its terminal or session ended (SIGHUP); run again. */
    STOPPED_BY_HANGUP(129, "it was stopped", ExitCode.RUN_AGAIN),
    /** Stopped from the keyboard (SIGINT); run again. */
    STOPPED_FROM_KEYBOARD(130, "it was stopped", ExitCode.RUN_AGAIN),
    /** Stopped by a service manager (SIGTERM); run again. */
    STOPPED_BY_TERM(143, "it was stopped", ExitCode.RUN_AGAIN);

    private static final String RUN_AGAIN = "Run the date again.";

    private final int code;
    private final String reason;
    private final String remedy;

    ExitCode(int code, String reason, String remedy) {
        this.code = code;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The reason in words that anyone may read: without names or values. */
    public String reason() {
        return reason;
    }

    /** What the operator of a run does then, in sentences; empty if nothing. */
    public String remedy() {
        return remedy;
    }

    /** The exit code of that number; null if there is none. */
    public static @Nullable ExitCode of(int code) {
        return Arrays.stream(values())
                .filter(one -> one.code == code)
                .findFirst()
                .orElse(null);
    }

    /** The process's exit code. */
    public int code() {
        return code;
    }

    /** Whether that is the exit code of a command stopped by a signal. */
    public static boolean isStop(int code) {
        return code == STOPPED_FROM_KEYBOARD.code || isStopByManager(code);
    }

    /** Whether that is the exit code of a command stopped by a signal other than from the keyboard. */
    public static boolean isStopByManager(int code) {
        return code == STOPPED_BY_HANGUP.code || code == STOPPED_BY_TERM.code;
    }
}
