package uk.fpw.warehouse.store.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.store.lock.ConnectionSource;

/**
 * Waits while other processes hand the embedded database over. The first process that opens it serves it to the others,
 * and when it ends, one of them does: until then a new connection is refused ("Locked by another process"). A pool of
 * connections tries again by itself; here single connections do.
 */
final class DatabaseTransition {

    /** How long an opening or closing elsewhere is waited for. */
    static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final long BETWEEN_ATTEMPTS_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTransition.class);

    private DatabaseTransition() {}

    /**
     * Opens a connection.
     *
     * @throws SQLException if there is none for another reason, or none in time
     */
    static Connection connection(ConnectionSource source) throws SQLException {
        return connection(source, AT_MOST);
    }

    static Connection connection(ConnectionSource source, Duration atMost) throws SQLException {
        long began = System.nanoTime();
        boolean isSaid = false;
        while (true) {
            try {
                return source.open();
            } catch (SQLException | UncheckedSQLException refused) {
                if (!DatabaseErrors.isOpenedElsewhere(refused) || System.nanoTime() - began >= atMost.toNanos()) {
                    throw refused;
                }
                if (!isSaid) {
                    LOG.info(
                            "waiting up to {} s for another process, which is just opening or closing the database",
                            atMost.toSeconds());
                    isSaid = true;
                }
                try {
                    Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw refused;
                }
            }
        }
    }
}
