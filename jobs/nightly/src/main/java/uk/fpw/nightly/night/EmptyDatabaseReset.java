package uk.fpw.nightly.night;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room for the tables of an embedded database that holds nothing, see
 * {@link uk.fpw.warehouse.ledger.UnusedDatabase}: their making was begun at most.
 */
final class EmptyDatabaseReset {

    private static final Logger LOG = LoggerFactory.getLogger(EmptyDatabaseReset.class);

    private EmptyDatabaseReset() {}

    /**
     * Drops everything from a database that holds nothing yet, and whose tables could not be made for that reason.
     *
     * @throws uk.fpw.warehouse.run.FpwException with {@code CONFIGURATION} if it holds anything that no migration makes
     */
    static void drop(DataSource dataSource, RuntimeException why) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            ForeignTables.refuse(connection);
            LOG.warn(
                    "the database was left half made by a process that died, and holds nothing yet; making it "
                            + "again ({})",
                    why.getMessage());
            statement.execute("drop all objects");
        } catch (SQLException failed) {
            throw new IllegalStateException("the beginning of the database cannot be dropped", failed);
        }
    }
}
