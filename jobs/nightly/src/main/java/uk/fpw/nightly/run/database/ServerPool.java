package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

/** Connections to a server; the pool waits less for them while the server does not respond. */
final class ServerPool extends HikariDataSource {

    ServerPool(HikariConfig config) {
        super(config);
    }

    @Override
    public Connection getConnection() throws SQLException {
        long limit = StorageTimeouts.connectMillis(getJdbcUrl());
        try {
            return limit < getConnectionTimeout() && !isClosed() && getHikariPoolMXBean() instanceof HikariPool pool
                    ? pool.getConnection(limit)
                    : super.getConnection();
        } catch (SQLTransientConnectionException none) {
            StorageTimeouts.recordNotConnected(getJdbcUrl());
            throw none;
        }
    }
}
