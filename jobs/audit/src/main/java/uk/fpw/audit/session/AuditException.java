package uk.fpw.audit.session;

import java.sql.SQLException;
import uk.fpw.warehouse.failure.DiskFull;
import uk.fpw.warehouse.message.AuditRequest;

/** An audit query failed in DuckDB: not enough memory or disk space, or invalid files. */
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

    /** Whether more memory or disk space would have helped. */
    public boolean isOutOfSpace() {
        return reason.startsWith("Out of Memory")
                || reason.contains("Cannot allocate memory")
                || reason.contains("bad_alloc")
                || DiskFull.isNamedBy(reason);
    }

    /** Whether more memory or disk space would have prevented any error. */
    public static boolean isOutOfSpace(RuntimeException failed) {
        return failed instanceof AuditException query && query.isOutOfSpace();
    }

    /** What to do about an error in a part on which no figure depends. */
    public static String remedyOf(RuntimeException failed) {
        return isOutOfSpace(failed)
                ? MORE_SPACE
                : "this is probably a bug in the software: keep the folder of this run and report it";
    }

    /**
     * How to restore rows about earlier releases that were not carried over.
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
     * The kind of any error, safe to store and show. The message is not: it may contain a value of a row, and belongs
     * in the log only.
     */
    public static String kindOf(RuntimeException failed) {
        if (failed instanceof AuditException query) {
            return query.isOutOfSpace() ? "not enough memory or disk space" : query.kind();
        }
        return failed.getClass().getSimpleName();
    }

    /** DuckDB's kind of error, such as {@code Conversion Error}; the message may contain a value of a row. */
    public String kind() {
        return reason.split(":", 2)[0];
    }
}
