package uk.fpw.nightly.program;

/** Format of the log file. The names are the values of the command line option. */
public enum LogFormat {
    /** A line per event, with stack traces below. */
    text,
    /** A JSON object per line. */
    json
}
