package uk.fpw.metrics.model;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.model.Model;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.catalog.ModelSchema;
import uk.fpw.warehouse.store.load.StoredVersions;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.CandidateBranch;

/**
 * Replaces the content of a model's Iceberg table, in one commit. Tables are created from the model and only ever
 * gain columns: a column removed from the model stays, filled with null, because earlier releases still show it.
 */
public final class IcebergTableWriter {

    private static final long SPLIT_BYTES = 16L * 1024 * 1024;

    private final SparkSession spark;
    private final Catalog catalog;
    private final LockGuard lock;
    private final Map<String, String> snapshotProperties;

    /**
     * Opens the catalog of the session.
     *
     * @param lock checked before each commit
     * @param snapshotProperties stored in the summary of each snapshot
     */
    public IcebergTableWriter(SparkSession spark, LockGuard lock, Map<String, String> snapshotProperties) {
        this.spark = spark;
        this.catalog = ((SparkCatalog) ((org.apache.spark.sql.classic.SparkSession) spark)
                        .sessionState()
                        .catalogManager()
                        .catalog(CatalogSettings.NAME))
                .icebergCatalog();
        this.lock = lock;
        this.snapshotProperties = snapshotProperties;
    }

    /** Whether there is a table of that name, such as {@code raw.requests}. */
    public boolean exists(String table) {
        return catalog.tableExists(TableIdentifier.parse(table));
    }

    /**
     * Rows of a table's branch {@code current} according to its snapshot summary, minus those that deletion vectors
     * delete; 0 if there is no such table.
     */
    public long currentRowCount(String table) {
        if (!exists(table)) {
            return 0;
        }
        Snapshot snapshot = catalog.loadTable(TableIdentifier.parse(table)).snapshot("current");
        return snapshot == null
                ? 0
                : total(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP)
                        - total(snapshot, SnapshotSummary.TOTAL_POS_DELETES_PROP);
    }

    private static long total(Snapshot snapshot, String property) {
        return Long.parseLong(snapshot.summary().getOrDefault(property, "0"));
    }

    /** Ids of the withdrawn loads of a table of {@code raw}. */
    public List<String> withdrawnLoads(String table) {
        return exists(table)
                ? StoredVersions.withdrawnLoads(catalog.loadTable(TableIdentifier.parse(table)))
                : List.of();
    }

    /** A committed snapshot and its number of rows according to its summary. */
    public record Written(long snapshotId, long rowCount) {}

    /** The table of a model, created or altered to match the model if necessary. */
    public Table table(Model model) {
        TableIdentifier name = TableIdentifier.parse(model.table());
        if (!catalog.tableExists(name)) {
            lock.check();
            createNamespace(name.namespace());
            return create(model, name);
        }
        Table table = catalog.loadTable(name);
        evolve(model, table);
        return table;
    }

    /** Commits files, which hold all rows of the model, as the new content of its table. */
    public Written commit(Table table, List<DataFile> files) {
        lock.check();
        OverwriteFiles overwrite = CandidateBranch.replaceAll(table);
        files.forEach(overwrite::addFile);
        snapshotProperties.forEach(overwrite::set);
        overwrite.commit();
        return written(table);
    }

    /** Appends files to a table that belongs to no release; without files nothing is committed. */
    public void append(Table table, List<DataFile> files) {
        if (files.isEmpty()) {
            return;
        }
        lock.check();
        AppendFiles append = table.newAppend();
        files.forEach(append::appendFile);
        snapshotProperties.forEach(append::set);
        append.commit();
    }

    private Written written(Table table) {
        table.refresh();
        Snapshot snapshot = ownSnapshot(table);
        return new Written(
                snapshot.snapshotId(), Long.parseLong(snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP)));
    }

    /**
     * The latest snapshot committed by this writer. Later commits of an earlier attempt that is still running do not
     * count.
     */
    private Snapshot ownSnapshot(Table table) {
        for (Snapshot snapshot : CandidateBranch.history(table)) {
            if (snapshot.summary().entrySet().containsAll(snapshotProperties.entrySet())) {
                return snapshot;
            }
        }
        throw new IllegalStateException(table.name() + " has no snapshot with " + snapshotProperties
                + " although it was just written; run again");
    }

    /** The rows of a snapshot. */
    public Dataset<Row> read(Model model, long snapshotId) {
        return SparkTuning.source(spark.read()
                .option("versionAsOf", snapshotId)
                // small files are not combined, so that each is read by a task of its own
                .option("file-open-cost", SPLIT_BYTES)
                .option("split-size", SPLIT_BYTES)
                .table(CatalogSettings.NAME + "." + model.table())
                .select(model.columns().stream()
                        .map(column -> col(column.name()))
                        .toArray(Column[]::new)));
    }

    private static List<String> partitions(Model model) {
        return model.table().equals("core.spell") ? List.of("queue") : List.of();
    }

    private void createNamespace(Namespace namespace) {
        if (catalog instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(namespace)) {
            namespaces.createNamespace(namespace);
        }
    }

    private Table create(Model model, TableIdentifier name) {
        Schema schema = ModelSchema.of(model);
        PartitionSpec.Builder spec = PartitionSpec.builderFor(schema);
        partitions(model).forEach(spec::identity);
        return catalog.createTable(
                name,
                schema,
                spec.build(),
                Map.of(
                        "format-version", "2",
                        "comment", model.description(),
                        "write.distribution-mode", "none"));
    }

    private void evolve(Model model, Table table) {
        UpdateSchema change = table.updateSchema();
        boolean isChanged = false;
        for (Model.Column column : model.columns()) {
            Types.NestedField field = table.schema().findField(column.name());
            if (field == null) {
                change.addColumn(column.name(), ModelSchema.type(column.type(), 0), column.comment());
                isChanged = true;
            } else if (!column.comment().equals(field.doc())) {
                change.updateColumnDoc(column.name(), column.comment());
                isChanged = true;
            }
        }
        if (isChanged) {
            lock.check();
            change.commit();
        }
    }
}
