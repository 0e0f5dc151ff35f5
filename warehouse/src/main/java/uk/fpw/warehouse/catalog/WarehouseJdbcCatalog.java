package uk.fpw.warehouse.catalog;

import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Iceberg's catalog in a relational database, but that a lost connection harms nothing. Iceberg's own repeats a commit
 * whose answer was lost, takes what its first attempt has done for the commit of somebody else, and deletes files of
 * the commit that happened. Spark opens it by its name.
 */
public final class WarehouseJdbcCatalog extends JdbcCatalog {

    /** A catalog that is yet to be initialized. */
    public WarehouseJdbcCatalog() {
        super(null, TransactionalClientPool::new, false);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new VerifiedTableOperations(super.newTableOps(table), table.toString());
    }
}
