package uk.fpw.warehouse.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** Transactions on {@code ops}; they fail with {@code UNAVAILABLE} if the database does not answer. */
final class OpsTransactions {

    private final DataSource dataSource;

    OpsTransactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is done in a transaction. */
    @FunctionalInterface
    interface Work<T> {
        @Nullable
        T with(Connection connection) throws SQLException;
    }

    /** What is done with a statement. */
    @FunctionalInterface
    interface StatementWork<T> {
        @Nullable
        T with(PreparedStatement statement) throws SQLException;
    }

    /** One statement as a transaction of its own. */
    <T> @Nullable T run(String sql, StatementWork<T> work) {
        return run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                return work.with(statement);
            }
        });
    }

    <T> @Nullable T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException failed) {
                connection.rollback();
                throw failed;
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLNonTransientConnectionException | SQLTransientException | SQLRecoverableException unavailable) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "the database does not answer: " + unavailable.getMessage()
                            + "; see that it runs, then run the night again",
                    unavailable);
        } catch (SQLException failed) {
            throw new IllegalStateException("a statement on ops failed: " + failed.getMessage(), failed);
        }
    }
}
