package uk.fpw.audit;

import java.sql.SQLException;

/**
 * A query of the audit that DuckDB could not answer, for want of memory or room, or since files are not what they are
 * taken for.
 */
final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    private final String reason;

    AuditException(SQLException failed, String sql) {
        super(
                "DuckDB could not answer '"
                        + sql.substring(0, Math.min(SHOWN, sql.length())).replaceAll("\\s+", " ") + "': "
                        + failed.getMessage(),
                failed);
        this.reason = String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }

    /** Whether more memory or room on the disk would have helped. */
    boolean isForWantOfRoom() {
        return reason.startsWith("Out of Memory") || reason.contains("No space left on device");
    }

    /**
     * What kind of error DuckDB names, such as {@code Conversion Error}; what it says of it may hold a value of a row.
     */
    String kind() {
        return reason.split(":", 2)[0];
    }
}
