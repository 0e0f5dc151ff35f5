package uk.fpw.ingest.database;

import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;

/** Explains exceptions of JDBC drivers to users. Messages never contain the password or values of rows. */
final class SourceFailures {

    private static final String QUERY_CANCELLED = "57014";
    private static final String NOT_PERMITTED = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final SourceConnection.Database database;
    private final SourceProduct product;
    private final String password;
    private final String place;
    private final @Nullable String sqlFile;

    /**
     * Failures of an extract.
     *
     * @param sqlFile file of the feed's query; null if the feed reads a table
     */
    SourceFailures(SourceConnection.Database database, String password, String place, @Nullable String sqlFile) {
        this.database = database;
        this.product = SourceProduct.ofUrl(database.jdbcUrl());
        this.password = password;
        this.place = place;
        this.sqlFile = sqlFile;
    }

    /** Failure to open the session. */
    FpwException connecting(SQLException failed) {
        String connection = "connection " + database.name() + ": ";
        if (state(failed).startsWith("28")) {
            return failure(
                    ExitCode.CONFIGURATION,
                    connection + "the database rejects user '" + database.user() + "' (" + message(failed)
                            + "); correct user of the connection"
                            + (database.passwordVariable().isEmpty()
                                    ? ", or put the environment variable with the user's password in password_variable"
                                    : " or the password in " + database.passwordVariable()),
                    failed);
        }
        if (DatabaseErrors.isSilent(failed)) {
            return notConnectedInTime();
        }
        return failure(
                ExitCode.UNAVAILABLE,
                connection + "cannot connect to the database (" + message(failed)
                        + "); check that it is running and that the url of the connection is correct, then run again",
                failed);
    }

    /** Timeout while opening the session. */
    FpwException notConnectedInTime() {
        return new FpwException(
                ExitCode.UNAVAILABLE,
                "connection " + database.name() + ": the database did not answer within " + database.timeoutSeconds()
                        + " seconds while connecting; check that it is running and that the url of the connection is "
                        + "correct, then run again, or raise timeout_seconds of the connection");
    }

    /**
     * Failure of a query or of reading its rows.
     *
     * @param rows number of rows read before
     */
    FpwException of(SQLException failed, long rows) {
        String state = state(failed);
        if (isLocked(failed)) {
            return failure(
                    ExitCode.UNAVAILABLE,
                    place + ": another session of the database has locked it, and did not release it in time; nothing "
                            + "was loaded; run again when that session has ended, or raise "
                            + product.lockSetting(database),
                    failed);
        }
        if (isTimeout(failed)) {
            return failure(
                    ExitCode.UNAVAILABLE,
                    place + ": the database did not respond within " + database.timeoutSeconds()
                            + " seconds; run again, or raise timeout_seconds of the connection",
                    failed);
        }
        if (state.equals(NOT_PERMITTED) || product.isNotPermitted(failed.getErrorCode())) {
            return failure(
                    ExitCode.CONFIGURATION,
                    place + ": user '" + database.user() + "' has no permission to read it (" + message(failed)
                            + "); grant the user the SELECT privilege",
                    failed);
        }
        if (state.startsWith("22")) {
            // The driver's message may contain a value.
            return new FpwException(
                    ExitCode.BAD_DATA,
                    place + ": the database failed on a value" + after(rows) + " (SQLSTATE " + state
                            + "); find out which one it is by running the query manually, and "
                            + (sqlFile == null ? "read the table with a query that avoids it" : "correct " + sqlFile));
        }
        if (state.startsWith("42")) {
            return failure(
                    ExitCode.BAD_DATA,
                    place + ": the database rejected the query (" + message(failed) + "); "
                            + (sqlFile == null
                                    ? "check what has changed in the database"
                                    : "correct " + sqlFile + ", or check what has changed in the database"),
                    failed);
        }
        return failure(
                ExitCode.UNAVAILABLE,
                place + ": the database no longer responds" + after(rows) + " (" + messageIfSafe(failed)
                        + "); nothing was loaded; check that it works, then run again",
                failed);
    }

    /** Whether the database exceeded the timeout of the connection. */
    static boolean isTimeout(SQLException failed) {
        return failed instanceof SQLTimeoutException
                || state(failed).equals(QUERY_CANCELLED)
                || DatabaseErrors.isSilent(failed);
    }

    private boolean isLocked(SQLException failed) {
        return state(failed).equals(LOCK_NOT_AVAILABLE) || product.isLocked(failed.getErrorCode());
    }

    /** A deviation of the database from the feed's declaration. */
    FpwException badData(String problem, String remedy) {
        return new FpwException(ExitCode.BAD_DATA, place + ": " + problem + "; " + remedy);
    }

    /** Reason for a failure that is tolerated, without values of rows. */
    String reason(SQLException failed) {
        return messageIfSafe(failed);
    }

    private FpwException failure(ExitCode exitCode, String message, SQLException cause) {
        // A cause is logged with details from the server, which may contain values of rows.
        boolean safe = (isOfConnection(cause) || state(cause).startsWith("28"))
                && (password.isEmpty() || !String.valueOf(cause.getMessage()).contains(password));
        return safe ? new FpwException(exitCode, message, cause) : new FpwException(exitCode, message);
    }

    private String message(SQLException failed) {
        String message = String.valueOf(failed.getMessage());
        int statement = message.indexOf("; SQL statement:");
        String first = (statement < 0 ? message : message.substring(0, statement))
                .lines()
                .findFirst()
                .orElse("");
        return DisplayText.text(password.isEmpty() ? first : first.replace(password, "***"));
    }

    /**
     * The driver's message for connection failures; otherwise only the code, since other messages may contain values,
     * including those raised by functions of the source.
     */
    private String messageIfSafe(SQLException failed) {
        return isOfConnection(failed) ? message(failed) : "SQLSTATE " + state(failed);
    }

    private boolean isOfConnection(SQLException failed) {
        String state = state(failed);
        return state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57")
                || product.isOfConnection(failed.getErrorCode());
    }

    private static String after(long rows) {
        return rows == 0 ? "" : " after " + Plural.of(rows, "row");
    }

    private static String state(SQLException failed) {
        return failed.getSQLState() == null ? "" : failed.getSQLState();
    }
}
