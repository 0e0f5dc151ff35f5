package uk.fpw.audit;

import java.sql.SQLException;

/**
 * An audit query that DuckDB could not run, for lack of memory or disk space, or because of
 * invalid files.
 */
final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    private final String reason;

    AuditException(SQLException failed, String sql) {
        super(
                "DuckDB could not run '"
                        + sql.substring(0, Math.min(SHOWN, sql.length())).replaceAll("\\s+", " ") + "': "
                        + failed.getMessage(),
                failed);
        this.reason = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether more memory or room on the disk would have helped. */
    boolean isOutOfSpace() {
        return reason.startsWith("Out of Memory") || reason.contains("No space left on device");
    }

    /**
     * The kind of any error, as it may be stored and shown: a message may contain a value of a row. That belongs into
     * the log.
     */
    static String kindOf(RuntimeException failed) {
        if (failed instanceof AuditException query) {
            return query.isOutOfSpace() ? "not enough memory or disk space" : query.kind();
        }
        return failed.getClass().getSimpleName();
    }

    /**
     * The kind of DuckDB error, such as {@code Conversion Error}; its message may contain a value of a row.
     */
    String kind() {
        return reason.split(":", 2)[0];
    }
}
