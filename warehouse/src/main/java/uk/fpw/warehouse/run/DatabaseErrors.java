package uk.fpw.warehouse.run;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.stream.Stream;

/** What errors of the warehouse's database mean. */
public final class DatabaseErrors {

    private DatabaseErrors() {}

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
