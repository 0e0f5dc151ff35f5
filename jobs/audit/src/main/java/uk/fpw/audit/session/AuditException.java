package uk.fpw.audit.session;

import java.sql.SQLException;
import uk.fpw.warehouse.failure.DiskFull;
import uk.fpw.warehouse.message.AuditRequest;

/**
 * An audit query that DuckDB could not run, for lack of memory or disk space, or because of
 * invalid files.
 */
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 200;
    private static final String MORE_SPACE = "set " + AuditRequest.MEMORY_VARIABLE
            + "=4GB if the machine has it, or free space on the disk of the warehouse, which takes what does not fit "
            + "into memory";

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
    public boolean isOutOfSpace() {
        return reason.startsWith("Out of Memory")
                || reason.contains("Cannot allocate memory")
                || reason.contains("bad_alloc")
                || DiskFull.isNamedBy(reason);
    }

    /** The same of any error. */
    public static boolean isOutOfSpace(RuntimeException failed) {
        return failed instanceof AuditException query && query.isOutOfSpace();
    }

    /** What a person can do about an error in what no figure depends on. */
    public static String remedyOf(RuntimeException failed) {
        return isOutOfSpace(failed)
                ? MORE_SPACE
                : "this is probably a bug in the software: keep the folder of this run and report it";
    }

    /**
     * How rows about earlier releases that were not carried over are brought back.
     *
     * @param failed why they were not
     */
    public static String lossOf(RuntimeException failed) {
        return isOutOfSpace(failed)
                ? "since there was not enough memory or disk space to take them over; " + MORE_SPACE
                        + ", withdraw the release of this run, and run again"
                : "since the files of that release cannot be read (" + kindOf(failed)
                        + "); restore them from a backup, withdraw the release of this run, and run again";
    }

    /**
     * The kind of any error, as it may be stored and shown: a message may contain a value of a row. That belongs into
     * the log.
     */
    public static String kindOf(RuntimeException failed) {
        if (failed instanceof AuditException query) {
            return query.isOutOfSpace() ? "not enough memory or disk space" : query.kind();
        }
        return failed.getClass().getSimpleName();
    }

    /**
     * The kind of DuckDB error, such as {@code Conversion Error}; its message may contain a value of a row.
     */
    public String kind() {
        return reason.split(":", 2)[0];
    }
}
