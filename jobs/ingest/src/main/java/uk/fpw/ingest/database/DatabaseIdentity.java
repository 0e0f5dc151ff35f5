package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity.Identity;

/** The identity of the database of a session, by the query of its product. */
final class DatabaseIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseIdentity.class);

    private DatabaseIdentity() {}

    /** The identity of a session's database; null if this product has none. */
    static @Nullable Identity of(Connection connection, SourceConnection.Database database) throws SQLException {
        String sql = SourceProduct.of(connection.getMetaData()).identityQuery();
        if (sql == null) {
            return null;
        }
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement statement = ExtractQuery.prepared(connection, sql, database);
                ResultSet row = statement.executeQuery()) {
            String system = row.next() ? row.getString(1) : null;
            return new Identity(system, system == null ? null : row.getString(2), system != null);
        } catch (SQLException refused) {
            LOG.debug("a source database does not report its identity", refused);
            connection.rollback(before); // Fails if the connection no longer exists.
            return new Identity(null, null, false);
        }
    }
}
