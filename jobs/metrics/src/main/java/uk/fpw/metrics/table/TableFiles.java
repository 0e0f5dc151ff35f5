package uk.fpw.metrics.table;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.FanoutDataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import uk.fpw.model.Model;

/**
 * Writes rows of tables to Parquet files as one task computes them: one file for each table, and each of its
 * partitions, that has rows. A retried task writes other files; only those of the successful attempt are committed.
 */
public final class TableFiles implements BiConsumer<String, Object[]> {

    private static final long LARGEST_FILE_BYTES = 512L * 1024 * 1024;

    /**
     * Columns with more distinct values, such as keys, are not dictionary-encoded: most of their values occur once,
     * and looking each up among megabytes takes longer.
     */
    private static final int LARGEST_DICTIONARY_BYTES = 64 * 1024;

    private final Map<String, Sink> sinks = new TreeMap<>();

    /**
     * A file that a task has written.
     *
     * @param table qualified name
     */
    public record Written(String table, DataFile file) implements Serializable {}

    /**
     * @param tables tables by qualified name; one may still have columns that its model no longer has, which stay
     *     null
     * @param models models of at least these tables
     * @param task number of the task; makes file names unique together with the attempt
     */
    public TableFiles(Map<String, Table> tables, List<Model> models, int task, long attempt) {
        for (Model model : models) {
            Table table = tables.get(model.table());
            if (table != null) {
                sinks.put(model.table(), new Sink(model, table, task, attempt));
            }
        }
    }

    /** Copies of tables that can be serialised to tasks. */
    public static Map<String, Table> copies(Map<String, Table> tables) {
        Map<String, Table> copies = new TreeMap<>();
        tables.forEach((name, table) -> copies.put(name, SerializableTable.copyOf(table)));
        return copies;
    }

    /** The files of each table; empty for a table without rows. */
    public static Map<String, List<DataFile>> byTable(Set<String> tables, Collection<Written> written) {
        Map<String, List<DataFile>> files = new TreeMap<>();
        tables.forEach(table -> files.put(table, new ArrayList<>()));
        written.forEach(one -> Objects.requireNonNull(files.get(one.table())).add(one.file()));
        return files;
    }

    /** Writes a row, given as values in the order of the model's columns. */
    @Override
    public void accept(String table, Object[] values) {
        Sink sink = sinks.get(table);
        if (sink == null) {
            throw new IllegalStateException("table " + table + " was not opened");
        }
        sink.write(values);
    }

    /** Closes the files. */
    public List<Written> close() {
        List<Written> written = new ArrayList<>();
        sinks.forEach((table, sink) -> sink.close().forEach(file -> written.add(new Written(table, file))));
        return written;
    }

    private static final class Sink {

        private final Table table;
        private final PartitionSpec spec;
        private final GenericRecord row;
        private final InternalRecordWrapper wrapper;
        private final PartitionKey partition;
        private final int[] positions;
        private final FanoutDataWriter<Record> writer;

        Sink(Model model, Table table, int task, long attempt) {
            this.table = table;
            this.spec = table.spec();
            this.row = GenericRecord.create(table.schema());
            this.wrapper = new InternalRecordWrapper(table.schema().asStruct());
            this.partition = new PartitionKey(spec, table.schema());
            this.positions = model.columns().stream()
                    .mapToInt(column ->
                            table.schema().columns().indexOf(table.schema().findField(column.name())))
                    .toArray();
            this.writer = new FanoutDataWriter<>(
                    new GenericFileWriterFactory.Builder(table)
                            .dataFileFormat(FileFormat.PARQUET)
                            .writerProperties(Map.of(
                                    TableProperties.PARQUET_DICT_SIZE_BYTES, String.valueOf(LARGEST_DICTIONARY_BYTES)))
                            .build(),
                    OutputFileFactory.builderFor(table, task, attempt)
                            .format(FileFormat.PARQUET)
                            .build(),
                    table.io(),
                    LARGEST_FILE_BYTES);
        }

        void write(Object[] values) {
            for (int i = 0; i < positions.length; i++) {
                row.set(positions[i], values[i]);
            }
            partition.partition(wrapper.wrap(row));
            writer.write(row, spec, partition);
        }

        List<DataFile> close() {
            try {
                writer.close();
            } catch (IOException failed) {
                throw new UncheckedIOException("files of " + table.name() + " could not be written", failed);
            }
            return writer.result().dataFiles();
        }
    }
}
