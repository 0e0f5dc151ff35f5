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
     * Whether the same may succeed later: the connection is broken (SQLSTATE class 08), no more are to be had or no
     * room is left (53), the server ends or begins (57P), a lock was waited for in vain (55P03), or another transaction
     * came in between (40). PostgreSQL's driver tells it by the state alone, others by the class of the exception.
     */
    public static boolean isUnavailable(SQLException failed) {
        String state = String.valueOf(failed.getSQLState());
        return failed instanceof SQLNonTransientConnectionException
                || failed instanceof SQLTransientException
                || failed instanceof SQLRecoverableException
                || Stream.of("08", "40", "53", "57P", "55P03").anyMatch(state::startsWith);
    }
}
