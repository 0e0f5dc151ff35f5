package uk.fpw.warehouse.store.files;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Commits that are on the disk when they return, so that what follows them, such as the deletion of files or a message,
 * may rely on them. PostgreSQL syncs each commit. H2 writes it to its file and syncs that when the database is closed,
 * unless it is asked to: what precedes the sync is on the disk with it.
 */
public final class DurableCommit {

    private DurableCommit() {}

    /** Commits the transaction of a connection; one that has changed nothing needs no sync. */
    public static void commit(Connection connection) throws SQLException {
        boolean hasChanges = isEmbedded(connection) && hasChanges(connection);
        connection.commit();
        if (hasChanges) {
            sync(connection);
        }
    }

    /** Syncs what was committed by whichever connection. */
    public static void sync(Connection connection) throws SQLException {
        if (isEmbedded(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("checkpoint sync");
            }
        }
    }

    private static boolean isEmbedded(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("H2");
    }

    /** H2 gives a transaction an id when it changes something. */
    private static boolean hasChanges(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet id = statement.executeQuery("select transaction_id()")) {
            return id.next() && id.getString(1) != null;
        }
    }
}
