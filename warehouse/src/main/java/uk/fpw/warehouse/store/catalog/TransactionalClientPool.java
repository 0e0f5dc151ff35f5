package uk.fpw.warehouse.store.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.jdbc.JdbcClientPool;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import uk.fpw.warehouse.store.files.DurableCommit;

/**
 * Connections to the catalog's database; each action is one transaction. If the connection breaks before the commit,
 * nothing was executed, and the action is repeated once on a new connection. If the commit itself gets no response, it
 * may have been executed and is never repeated. Without a transaction, H2's client would reconnect and repeat a
 * statement by itself.
 */
final class TransactionalClientPool extends JdbcClientPool {

    private static final int ANSWERS_WITHIN_SECONDS = 5;

    /** A pool for a catalog with these properties. */
    TransactionalClientPool(Map<String, String> properties) {
        super(Objects.requireNonNull(properties.get(CatalogProperties.URI)), properties);
    }

    @Override
    protected Connection newClient() {
        Connection connection = DatabaseTransition.repeated(super::newClient);
        try {
            connection.setAutoCommit(false);
        } catch (SQLException failed) {
            close(connection);
            throw new UncheckedSQLException(failed, "the connection to the database failed immediately");
        }
        return connection;
    }

    @Override
    public <R> R run(Action<R, Connection, SQLException> action, boolean retry)
            throws SQLException, InterruptedException {
        return super.run(connection -> inTransaction(connection, action), retry);
    }

    @Override
    protected boolean isConnectionException(Exception failure) {
        return !(failure instanceof CommitNotAnswered) && super.isConnectionException(failure);
    }

    private static <R> R inTransaction(Connection connection, Action<R, Connection, SQLException> action)
            throws SQLException {
        R result;
        try {
            result = action.run(connection);
        } catch (SQLException failed) {
            if (isRolledBack(connection)) {
                throw failed;
            }
            throw new SQLNonTransientConnectionException(failed.getMessage(), "08006", failed);
        } catch (RuntimeException | Error failed) {
            rollBack(connection, failed);
            throw failed;
        }
        try {
            DurableCommit.commit(connection);
        } catch (SQLException failed) {
            throw new CommitNotAnswered(failed);
        }
        return result;
    }

    private static void rollBack(Connection connection, Throwable failed) {
        try {
            connection.rollback();
        } catch (SQLException broken) {
            failed.addSuppressed(broken);
        }
    }

    /** Rolls back a failed transaction; false if the connection is broken. */
    private static boolean isRolledBack(Connection connection) {
        try {
            connection.rollback();
            return connection.isValid(ANSWERS_WITHIN_SECONDS);
        } catch (SQLException broken) {
            return false;
        }
    }

    /** The outcome of a commit is unknown. */
    private static final class CommitNotAnswered extends SQLNonTransientConnectionException {

        CommitNotAnswered(SQLException failed) {
            super(failed.getMessage(), "08007", failed);
        }
    }
}
