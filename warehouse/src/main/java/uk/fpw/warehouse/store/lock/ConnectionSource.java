package uk.fpw.warehouse.store.lock;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the relational database: {@code dataSource::getConnection}, or the driver manager if there is no
 * pool.
 */
@FunctionalInterface
public interface ConnectionSource {

    /** A connection that the caller closes. */
    Connection open() throws SQLException;
}
