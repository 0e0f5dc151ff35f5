package uk.fpw.query;

/** A failure that a person can act on: its message says what, where and what to do. Printed without a stack trace. */
public final class QueryException extends RuntimeException {

    /** The command line, the SQL or the force folder is wrong. */
    static final int WRONG = 2;

    /** There is no release yet, or its files cannot be read. */
    static final int UNAVAILABLE = 4;

    private final int exitCode;

    private QueryException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private QueryException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static QueryException wrong(String message) {
        return new QueryException(WRONG, message);
    }

    static QueryException wrong(String message, Throwable cause) {
        return new QueryException(WRONG, message, cause);
    }

    static QueryException unavailable(String message) {
        return new QueryException(UNAVAILABLE, message);
    }

    static QueryException unavailable(String message, Throwable cause) {
        return new QueryException(UNAVAILABLE, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
