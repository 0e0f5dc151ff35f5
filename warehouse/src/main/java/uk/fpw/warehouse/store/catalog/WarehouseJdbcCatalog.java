package uk.fpw.warehouse.store.catalog;

import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;

/**
 * Iceberg's JDBC catalog, made safe against lost connections. Iceberg's own implementation repeats a commit whose
 * response was lost, mistakes the result of its first attempt for another writer's commit, and deletes files of the
 * successful commit. Spark instantiates it by class name.
 */
public final class WarehouseJdbcCatalog extends JdbcCatalog {

    /** An uninitialized catalog. */
    public WarehouseJdbcCatalog() {
        super(null, TransactionalClientPool::new, false);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new VerifiedTableOperations(super.newTableOps(table), table.toString());
    }
}
