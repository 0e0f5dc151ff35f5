package uk.fpw.audit;

import java.sql.SQLException;

/** A query of the audit that DuckDB could not answer. */
final class AuditFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;

    AuditFailure(SQLException failed, String sql) {
        super(
                "DuckDB could not answer '"
                        + sql.substring(0, Math.min(SHOWN, sql.length())).replaceAll("\\s+", " ") + "': "
                        + failed.getMessage(),
                failed);
    }
}
