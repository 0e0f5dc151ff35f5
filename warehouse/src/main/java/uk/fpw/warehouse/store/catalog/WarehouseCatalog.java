package uk.fpw.warehouse.store.catalog;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.jdbc.UncheckedInterruptedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.StorageTimeouts;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.ObjectStores;
import uk.fpw.warehouse.store.files.TableStorage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;
import uk.fpw.warehouse.store.identity.IdentityCheck;

/**
 * The tables of the warehouse for plain Java. Table names have the form {@code namespace.table}, such as
 * {@code raw.requests}. Thread-safe.
 */
public final class WarehouseCatalog implements AutoCloseable {

    /** All versions of all source rows. */
    public static final String RAW = "raw";

    /** The latest version of each source row: a branch of each table of {@link #RAW}. */
    public static final String CURRENT = "current";

    /** Events, spells and exclusions. */
    public static final String CORE = "core";

    /** Aggregated tables. */
    public static final String MART = "mart";

    /** Tables that runs append to and that belong to no release. */
    public static final String LEDGER = "ledger";

    /** All namespaces. */
    public static final List<String> NAMESPACES = List.of(RAW, CORE, MART, LEDGER);

    private static final List<String> MADE = List.of(RAW, CORE, MART, LEDGER);

    private final JdbcCatalog catalog;
    private final Path warehouse;
    private final TableStorage storage;

    private WarehouseCatalog(JdbcCatalog catalog, Path warehouse, TableStorage storage) {
        this.catalog = catalog;
        this.warehouse = RealPath.of(warehouse);
        this.storage = storage;
    }

    /**
     * Opens the catalog and creates the namespaces that do not exist yet. The migrations must have run.
     *
     * @param password password of the database; empty for none
     * @throws FpwException with {@code UNAVAILABLE} if the database does not respond or has no catalog
     */
    public static WarehouseCatalog open(Force.Storage storage, String password) {
        return open(storage.jdbcUrl(), storage.jdbcUser(), password, storage.warehouse());
    }

    /** As {@link #open(Force.Storage, String)}, from its parts; {@code warehouse} is an absolute path. */
    public static WarehouseCatalog open(String jdbcUrl, String jdbcUser, String jdbcPassword, Path warehouse) {
        return DatabaseTransition.repeated(() -> openOnce(jdbcUrl, jdbcUser, jdbcPassword, warehouse));
    }

    private static WarehouseCatalog openOnce(String jdbcUrl, String jdbcUser, String jdbcPassword, Path warehouse) {
        WarehouseIdentity identity =
                IdentityCheck.identity(() -> StorageTimeouts.connect(jdbcUrl, jdbcUser, jdbcPassword));
        WarehouseIdentity distant = identity == null || identity.tables() == null ? null : identity;
        String location =
                identity == null ? "file://" + new WarehouseFolder(warehouse).data() : identity.tableLocation();
        TableStorage storage = distant == null
                ? new LocalStorage(warehouse, LocalStorage.file(location))
                : ObjectStores.storage(distant);
        JdbcCatalog catalog = new WarehouseJdbcCatalog(distant == null ? null : ObjectStores::files);
        try {
            catalog.setConf(WarehouseFileSystem.configuration());
            catalog.initialize(
                    CatalogSettings.NAME,
                    CatalogSettings.properties(
                            jdbcUrl,
                            jdbcUser,
                            jdbcPassword,
                            location,
                            distant == null ? Map.of() : ObjectStores.properties(distant)));
            for (String name : MADE) {
                Namespace namespace = Namespace.of(name);
                if (!catalog.namespaceExists(namespace)) {
                    create(catalog, namespace);
                }
            }
            return new WarehouseCatalog(catalog, warehouse, storage);
        } catch (UncheckedSQLException | UncheckedInterruptedException unavailable) {
            catalog.close();
            throw FpwException.unavailable(
                    "the catalog in " + withoutSecrets(jdbcUrl) + " cannot be opened: " + reason(unavailable)
                            + "; check that the database responds and that its migrations have run",
                    unavailable);
        }
    }

    /** Another process may open a new catalog and create it at the same moment. */
    private static void create(JdbcCatalog catalog, Namespace namespace) {
        try {
            catalog.createNamespace(namespace);
        } catch (AlreadyExistsException | UncheckedSQLException createdMeanwhile) {
            if (!catalog.namespaceExists(namespace)) {
                throw createdMeanwhile;
            }
        }
    }

    /** The table of that name, refreshed; null if there is none. */
    public @Nullable Table find(String name) {
        try {
            return catalog.loadTable(identifier(name));
        } catch (NoSuchTableException absent) {
            return null;
        }
    }

    /** The table of that name, refreshed; throws {@link IllegalStateException} naming it if there is none. */
    public Table load(String name) {
        Table table = find(name);
        if (table == null) {
            throw new IllegalStateException("the warehouse has no table " + name);
        }
        return table;
    }

    /** Creates a table with Iceberg format version 2, Parquet and zstd, whatever {@code properties} say. */
    public Table create(String name, Schema schema, PartitionSpec spec, Map<String, String> properties) {
        return builder(name, schema, spec, 2).withProperties(properties).create();
    }

    /** Creates a table with another format version in a transaction, which the caller must commit. */
    public Transaction creation(
            String name, Schema schema, PartitionSpec spec, int formatVersion, Map<String, String> properties) {
        return builder(name, schema, spec, formatVersion)
                .withProperties(properties)
                .createTransaction();
    }

    private Catalog.TableBuilder builder(String name, Schema schema, PartitionSpec spec, int formatVersion) {
        return catalog.buildTable(identifier(name), schema)
                .withPartitionSpec(spec)
                .withProperty("format-version", Integer.toString(formatVersion))
                .withProperty("write.format.default", "parquet")
                .withProperty("write.parquet.compression-codec", "zstd");
    }

    /** Names of the tables in a namespace, unqualified and in alphabetical order. */
    public List<String> tables(String namespace) {
        try {
            return catalog.listTables(Namespace.of(namespace)).stream()
                    .map(TableIdentifier::name)
                    .sorted()
                    .toList();
        } catch (NoSuchNamespaceException absent) {
            return List.of();
        }
    }

    /** The warehouse folder with symbolic links resolved. */
    public Path warehouse() {
        return warehouse;
    }

    /** The files of this warehouse's tables. */
    public TableStorage storage() {
        return storage;
    }

    /** The underlying catalog, for operations not offered here. */
    public Catalog iceberg() {
        return catalog;
    }

    /** Closes the database connections. */
    @Override
    public void close() {
        catalog.close();
    }

    private static TableIdentifier identifier(String name) {
        TableIdentifier identifier = TableIdentifier.parse(name);
        if (identifier.namespace().length() != 1
                || !NAMESPACES.contains(identifier.namespace().level(0))) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a table name; write namespace.table with one of " + NAMESPACES);
        }
        return identifier;
    }

    private static String withoutSecrets(String jdbcUrl) {
        return jdbcUrl.replaceAll("(?i)(password=)[^&;]*", "$1***");
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause();
        return DatabaseErrors.reason(cause == null ? failure : cause);
    }
}
