package uk.fpw.nightly.run.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops incomplete tables of an embedded database without data, see
 * {@link uk.fpw.warehouse.store.ledger.UnusedDatabase}.
 */
public final class EmptyDatabaseReset {

    private static final Logger LOG = LoggerFactory.getLogger(EmptyDatabaseReset.class);

    private EmptyDatabaseReset() {}

    /**
     * Drops everything from a database without data whose tables could not be created for that reason.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if it contains anything that no
     *     migration creates
     */
    public static void drop(DataSource dataSource, RuntimeException why) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            ForeignTables.refuse(connection);
            LOG.warn(
                    "the database was left incomplete by a process that died, and contains "
                            + "no data; creating it again ({})",
                    why.getMessage());
            statement.execute("drop all objects");
        } catch (SQLException failed) {
            throw new IllegalStateException("the incomplete database cannot be dropped", failed);
        }
    }
}
