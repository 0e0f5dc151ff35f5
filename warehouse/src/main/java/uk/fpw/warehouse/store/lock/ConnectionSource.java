package uk.fpw.warehouse.store.lock;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Opens connections to the relational database: {@code dataSource::getConnection}, or the driver manager where there is
 * no pool.
 */
@FunctionalInterface
public interface ConnectionSource {

    /** A connection that the caller closes. */
    Connection open() throws SQLException;
}
