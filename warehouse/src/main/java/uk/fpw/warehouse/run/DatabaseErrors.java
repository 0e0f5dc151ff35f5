package uk.fpw.warehouse.run;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.stream.Stream;

/** What errors of the warehouse's database mean. */
public final class DatabaseErrors {

    /**
     * H2's 8000: the lock file was written a moment ago; 90020: another process is about to serve the database, or
     * about to stop; 90067: it stopped.
     */
    private static final Set<Integer> OPENED_ELSEWHERE = Set.of(8000, 90020, 90067);

    private DatabaseErrors() {}

    /**
     * Whether another process is just opening or closing an embedded database, or has it open for itself. The error of
     * the database may be a cause of that one.
     */
    public static boolean isOpenedElsewhere(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database && OPENED_ELSEWHERE.contains(database.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a retry may succeed: the connection is broken (SQLSTATE class 08), resources
     * are exhausted (53), the server stops or starts (57P), a lock timed out (55P03), or another transaction
     * interfered (40). PostgreSQL's driver shows it only in the state, others in the class of the exception.
     */
    public static boolean isUnavailable(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        return failed instanceof SQLNonTransientConnectionException
                || failed instanceof SQLTransientException
                || failed instanceof SQLRecoverableException
                || Stream.of("08", "40", "53", "57P", "55P03").anyMatch(state::startsWith);
    }
}
