package uk.fpw.ingest.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.store.ledger.feed.SourceContinuity.Identity;

/**
 * The identity of the database of a session, in a way that depends on the product. For SQL Server and Oracle, only
 * tested with recorded responses.
 */
final class DatabaseIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseIdentity.class);

    /** By product, a query for the identifier and, if available, the timeline. */
    private static final Map<String, String> QUERIES = Map.of(
            // A database dropped and restored under the same name has another oid.
            "postgresql",
            "select s.system_identifier, c.timeline_id || ', database ' || d.oid "
                    + "from pg_catalog.pg_control_system() s, pg_catalog.pg_control_checkpoint() c, "
                    + "pg_catalog.pg_database d where d.datname = pg_catalog.current_database()",
            "microsoft sql server",
            "select recovery_fork_guid, null from sys.database_recovery_status where database_id = db_id()",
            "oracle",
            "select to_char(dbid), to_char(resetlogs_change#) from v$database");

    private DatabaseIdentity() {}

    /** The identity of a session's database; null if this product has none. */
    static @Nullable Identity of(Connection connection, SourceConnection.Database database) throws SQLException {
        String sql =
                QUERIES.get(connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT));
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
