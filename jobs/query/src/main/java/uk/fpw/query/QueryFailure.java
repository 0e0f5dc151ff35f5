package uk.fpw.query;

/** A failure that a person can act on: its message says what, where and what to do. Printed without a stack trace. */
final class QueryFailure extends RuntimeException {

    /** The command line, the SQL or the force folder is wrong. */
    static final int WRONG = 2;

    /** There is no release yet, or its files cannot be read. */
    static final int UNAVAILABLE = 4;

    private final int exitCode;

    private QueryFailure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private QueryFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    static QueryFailure wrong(String message) {
        return new QueryFailure(WRONG, message);
    }

    static QueryFailure wrong(String message, Throwable cause) {
        return new QueryFailure(WRONG, message, cause);
    }

    static QueryFailure unavailable(String message) {
        return new QueryFailure(UNAVAILABLE, message);
    }

    static QueryFailure unavailable(String message, Throwable cause) {
        return new QueryFailure(UNAVAILABLE, message, cause);
    }

    int exitCode() {
        return exitCode;
    }
}
