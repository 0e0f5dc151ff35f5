package uk.fpw.warehouse.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Files;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.SnapshotUtil;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.MetricsResult.TableVersion;

/**
 * Rows of a candidate that are found after the Spark process has ended: plain Parquet that becomes the content of a
 * table. As with all tables of a candidate nobody sees them before the release; a killed attempt leaves a snapshot that
 * expires, and is repeated.
 */
public final class CandidateRows {

    private static final String WRITE_ID = "fpw.write-id";

    private final WarehouseCatalog catalog;
    private final LockGuard guard;

    /** Rows for tables of that catalog, written only by the holder of the lock. */
    public CandidateRows(WarehouseCatalog catalog, LockGuard guard) {
        this.catalog = catalog;
        this.guard = guard;
    }

    /**
     * Replaces the content of a table, row by row.
     *
     * @param name qualified name of a table that exists and is not partitioned, such as {@code mart.figure_change}
     * @param file a Parquet file with columns of its names and types
     * @throws UncheckedIOException if the file cannot be read or the table cannot be written
     */
    public TableVersion replace(String name, Path file) {
        Table table = catalog.load(name);
        DataFile rows = copy(table, file);
        String writeId = UUID.randomUUID().toString();
        guard.check();
        OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        if (rows.recordCount() > 0) {
            overwrite.addFile(rows);
        } else {
            table.io().deleteFile(rows.location());
        }
        overwrite.set(WRITE_ID, writeId);
        overwrite.commit();
        table.refresh();
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (writeId.equals(snapshot.summary().get(WRITE_ID))) {
                String count = snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
                return new TableVersion(name, snapshot.snapshotId(), Long.parseLong(count), null);
            }
        }
        throw new IllegalStateException(name + " has no snapshot of this run although it was just written; run again");
    }

    /** The columns are found by their names: another program has written the file, without the table's field ids. */
    private static DataFile copy(Table table, Path file) {
        Schema schema = table.schema();
        String location = table.locationProvider().newDataLocation(UUID.randomUUID() + ".parquet");
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .withSpec(table.spec())
                    .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
                    .build();
            try (writer;
                    CloseableIterable<Record> rows = Parquet.read(Files.localInput(file.toFile()))
                            .project(schema)
                            .withNameMapping(MappingUtil.create(schema))
                            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                            .build()) {
                rows.forEach(writer::write);
            }
            return writer.toDataFile();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + location, failed);
        }
    }
}
