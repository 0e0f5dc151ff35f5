package uk.fpw.warehouse.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.apache.iceberg.io.RollingEqualityDeleteWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows, and deletions by key, on their way into the files of a table: one open file per partition and kind. */
final class PartitionedRows {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionedRows.class);
    private static final long TARGET_FILE_BYTES = 128L * 1024 * 1024;

    private final Table table;
    private final Schema keySchema;
    private final FileWriterFactory<Record> writers;
    private final OutputFileFactory files;
    private final InternalRecordWrapper wrapper;
    private final PartitionKey partition;
    private final Map<PartitionKey, RollingDataWriter<Record>> data = new LinkedHashMap<>();
    private final Map<PartitionKey, RollingEqualityDeleteWriter<Record>> deletes = new LinkedHashMap<>();
    private final List<DataFile> dataFiles = new ArrayList<>();
    private final List<DeleteFile> deleteFiles = new ArrayList<>();

    /**
     * Begins to write.
     *
     * @param operation goes into the file names, with something random: a killed process may have left files of the same operation behind
     */
    PartitionedRows(Table table, String operation) {
        this.table = table;
        this.keySchema = table.schema().select(FeedTables.KEY);
        this.writers = new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .dataSchema(table.schema())
                .deleteFileFormat(FileFormat.PARQUET)
                .equalityFieldIds(new int[] {keySchema.findField(FeedTables.KEY).fieldId()})
                .equalityDeleteRowSchema(keySchema)
                .build();
        this.files = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(operation + "-" + UUID.randomUUID())
                .build();
        this.wrapper = new InternalRecordWrapper(table.schema().asStruct());
        this.partition = new PartitionKey(table.spec(), table.schema());
    }

    void write(Record row) {
        partition.partition(wrapper.wrap(row));
        RollingDataWriter<Record> writer = data.get(partition);
        if (writer == null) {
            PartitionKey own = partition.copy();
            writer = new RollingDataWriter<>(writers, files, table.io(), TARGET_FILE_BYTES, table.spec(), own);
            data.put(own, writer);
        }
        writer.write(row);
    }

    /** Deletes, of the rows that are in the table before the commit, the one with the key of {@code row}. */
    void deleteByKeyOf(Record row) {
        partition.partition(wrapper.wrap(row));
        RollingEqualityDeleteWriter<Record> writer = deletes.get(partition);
        if (writer == null) {
            PartitionKey own = partition.copy();
            writer =
                    new RollingEqualityDeleteWriter<>(writers, files, table.io(), TARGET_FILE_BYTES, table.spec(), own);
            deletes.put(own, writer);
        }
        Record key = GenericRecord.create(keySchema);
        key.setField(FeedTables.KEY, row.getField(FeedTables.KEY));
        writer.write(key);
    }

    /** Closes the files and names all of them. */
    List<ContentFile<?>> finish() {
        try {
            for (RollingDataWriter<Record> writer : data.values()) {
                writer.close();
                dataFiles.addAll(writer.result().dataFiles());
            }
            data.clear();
            for (RollingEqualityDeleteWriter<Record> writer : deletes.values()) {
                writer.close();
                deleteFiles.addAll(writer.result().deleteFiles());
            }
            deletes.clear();
        } catch (IOException failed) {
            throw new UncheckedIOException(table.name() + ": cannot write data files in " + table.location(), failed);
        }
        List<ContentFile<?>> all = new ArrayList<>(dataFiles);
        all.addAll(deleteFiles);
        return all;
    }

    List<DataFile> dataFiles() {
        return dataFiles;
    }

    List<DeleteFile> deleteFiles() {
        return deleteFiles;
    }

    /** Closes and deletes the files, as far as that can be done. */
    void abandon() {
        try {
            delete(table, finish());
        } catch (RuntimeException ignored) {
            LOG.warn(
                    "{}: data files of an abandoned attempt could not be deleted; no table refers to them",
                    table.name(),
                    ignored);
        }
    }

    /** Deletes files that no snapshot refers to, as far as that can be done. */
    static void delete(Table table, List<? extends ContentFile<?>> orphans) {
        for (ContentFile<?> orphan : orphans) {
            String location = orphan.location();
            try {
                table.io().deleteFile(location);
            } catch (RuntimeException ignored) {
                LOG.warn("{}: {} could not be deleted; no table refers to it", table.name(), location, ignored);
            }
        }
    }
}
