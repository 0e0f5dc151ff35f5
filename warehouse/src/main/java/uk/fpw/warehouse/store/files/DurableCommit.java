package uk.fpw.warehouse.store.files;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Commits durably, so that later steps, such as deleting files or printing a message, can rely on the commit.
 * PostgreSQL syncs every commit. H2 writes it to its file but syncs only on closing, unless asked to; one sync covers
 * everything written before it.
 */
public final class DurableCommit {

    private DurableCommit() {}

    /** Commits the transaction of a connection; no sync is needed if nothing was changed. */
    public static void commit(Connection connection) throws SQLException {
        boolean hasChanges = isEmbedded(connection) && hasChanges(connection);
        connection.commit();
        if (hasChanges) {
            sync(connection);
        }
    }

    /** Syncs everything committed so far, on any connection. */
    public static void sync(Connection connection) throws SQLException {
        if (isEmbedded(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
        }
    }

    /** Whether the connection's database is H2, in a file of this host. */
    public static boolean isEmbedded(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    /** H2 assigns a transaction id on the first change. */
    private static boolean hasChanges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet id = statement.executeQuery("select transaction_id()")) {
            return id.next() && id.getString(1) != null;
        }
    }
}
