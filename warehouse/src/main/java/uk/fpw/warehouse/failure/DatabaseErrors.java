package uk.fpw.warehouse.failure;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

/** Interprets errors of the warehouse's database. */
public final class DatabaseErrors {

    /**
     * H2's 8000: the lock file was written a moment ago; 90020: another process is about to start or stop serving the
     * database; 90067: it stopped serving.
     */
    private static final Set<Integer> OPENED_ELSEWHERE = Set.of(8000, 90020, 90067);

    /** H2's 90030: the file is corrupted, or a page, block or table in it. */
    private static final int CORRUPTED = 90030;

    /**
     * End of the message of errors of H2's store. 1: reading failed, for example because the file was truncated; 3:
     * internal error; 6: file corrupt; 8: serialization error; 9 and 50: chunk or block not found.
     */
    private static final Pattern STORE_ERROR = Pattern.compile("\\[[0-9.]+/(1|3|6|8|9|50)\\]");

    /** Message of PostgreSQL's driver after {@code loginTimeout}, without a cause. */
    private static final String LOGIN_TIMEOUT = "Connection attempt timed out.";

    private DatabaseErrors() {}

    /** Whether the file of an embedded database is damaged. */
    public static boolean isDamaged(Throwable failed) {
        return !damage(failed).isEmpty();
    }

    /** The database's message about the damage; empty if there is none. */
    static String damage(Throwable failed) {
        String found = "";
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (STORE_ERROR.matcher(message).find()
                    || (cause instanceof SQLException database && database.getErrorCode() == CORRUPTED)) {
                found = message.strip().split("\\R", 2)[0];
            }
        }
        return found;
    }

    /**
     * Whether another process is just opening or closing an embedded database, or has opened it exclusively. Looks at
     * the causes of the failure too.
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
     * Whether a retry may succeed: the connection is broken (SQLSTATE class 08), resources are exhausted (53), the
     * server is stopping or starting (57P), a lock timed out (55P03), or another transaction interfered (40).
     * PostgreSQL's driver reports this only in the SQLSTATE, others in the exception class.
     */
    public static boolean isUnavailable(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        return failed instanceof SQLNonTransientConnectionException
                || failed instanceof SQLTransientException
                || failed instanceof SQLRecoverableException
                || Stream.of("08", "40", "53", "57P", "55P03").anyMatch(state::startsWith);
    }

    /**
     * The failure restated as an unavailable database if that is the cause; null otherwise.
     *
     * @param failed an unexpected failure of any library
     */
    public static @Nullable FpwException unavailable(Throwable failed) {
        SQLException found = null;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof FpwException known && known.exitCode() != ExitCode.INTERNAL) {
                return null;
            }
            if (cause instanceof SQLException database && isUnavailable(database)) {
                found = database;
            }
        }
        return found == null
                ? null
                : FpwException.unavailable(
                        "the database of the warehouse does not respond: " + reason(found)
                                + ". Check that it is running, then run again",
                        failed);
    }

    /** The database's message in one line without its full stop. After a timeout, says so and names the setting. */
    public static String reason(Throwable failed) {
        if (isSilent(failed)) {
            return "it did not answer in time (socketTimeout in the URL of the database, "
                    + StorageTimeouts.ANSWER_SECONDS + " seconds unless set; " + StorageTimeouts.LONG_FACTOR
                    + " times as long for migrations and the rows of a release)";
        }
        return String.valueOf(failed.getMessage()).strip().split("\\R", 2)[0].replaceFirst("[.]$", "");
    }

    /** Whether a database of any kind did not respond in time, while connecting or later. */
    public static boolean isSilent(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || LOGIN_TIMEOUT.equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }
}
