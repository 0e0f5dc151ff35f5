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
 * Waits while the embedded database passes from one process to another. The first process that opens it serves it to
 * the others, and when that process ends, another one takes over. Until then new connections are refused ("Locked by
 * another process"). Connection pools retry by themselves; this class does it for single connections.
 */
final class DatabaseTransition {

    /** Maximum wait for another process to finish opening or closing. */
    static final Duration AT_MOST = Duration.ofSeconds(60);

    private static final long BETWEEN_ATTEMPTS_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseTransition.class);

    private DatabaseTransition() {}

    /**
     * Opens a connection.
     *
     * @throws SQLException if connecting fails for another reason or takes too long
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
