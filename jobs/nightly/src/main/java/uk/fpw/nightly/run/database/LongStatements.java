package uk.fpw.nightly.run.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import uk.fpw.warehouse.force.connection.StorageTimeouts;

/** Connections of a pool for statements that are expected to take long, such as migrations. */
final class LongStatements extends DelegatingDataSource {

    LongStatements(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        return StorageTimeouts.allowLong(super.getConnection());
    }
}
