package uk.fpw.nightly.program;

/** Form of the log file. The names are what is typed on the command line. */
public enum LogFormat {
    /** A line per event, with stack traces below. */
    text,
    /** A JSON object per line. */
    json
}
