package uk.fpw.warehouse.store.catalog;

import java.util.Map;
import java.util.function.Function;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Iceberg's JDBC catalog, made safe against lost connections. Iceberg's own implementation repeats a commit whose
 * response was lost, mistakes the result of its first attempt for another writer's commit, and deletes files of the
 * successful commit. Spark instantiates it by class name.
 */
public final class WarehouseJdbcCatalog extends JdbcCatalog {

    /** An uninitialized catalog. */
    public WarehouseJdbcCatalog() {
        this(null);
    }

    /**
     * An uninitialized catalog.
     *
     * @param files makes the access to files from the properties of the catalog; null for what they name
     */
    WarehouseJdbcCatalog(@Nullable Function<Map<String, String>, FileIO> files) {
        super(files, TransactionalClientPool::new, false);
    }

    @Override
    protected TableOperations newTableOps(TableIdentifier table) {
        return new VerifiedTableOperations(super.newTableOps(table), table.toString());
    }
}
