package uk.fpw.warehouse.store.catalog;

import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Iceberg's catalog in a relational database, safe against lost connections. Iceberg's own implementation repeats a
 * commit whose response was lost, errors the result of its first attempt for another writer's commit, and deletes files
 * of the successful commit. Spark opens it by its name.
 */
public final class WarehouseJdbcCatalog extends JdbcCatalog {

    /** A catalog that is not initialized yet. */
    public WarehouseJdbcCatalog() {
        super(null, TransactionalClientPool::new, false);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new VerifiedTableOperations(super.newTableOps(table), table.toString());
    }
}
