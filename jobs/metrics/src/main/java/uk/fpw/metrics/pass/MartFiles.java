package uk.fpw.metrics.pass;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;

/** The Parquet files into which one task writes the rows of the marts as it computes them: one for each mart that has rows. A task that is tried again writes other files; only those of the attempt that counts are committed. */
final class MartFiles implements BiConsumer<String, Object[]> {

    private final Map<String, Sink> sinks = new TreeMap<>();

    /**
     * What a task has written of one mart.
     *
     * @param mart qualified name
     */
    record Written(String mart, DataFile file) implements Serializable {}

    /**
     * Prepares files.
     *
     * @param tables the table of each mart by qualified name; it may have columns that the model has no longer, which stay null
     * @param task number of the task, which tells its files from those of others
     */
    MartFiles(Map<String, Table> tables, List<Model> models, int task, long attempt) {
        for (Model model : models) {
            Table table = tables.get(model.table());
            if (table != null) {
                sinks.put(model.table(), new Sink(model, table, task, attempt));
            }
        }
    }

    /** Writes a row, given as the values of the model's columns in order. */
    @Override
    public void accept(String mart, Object[] values) {
        Sink sink = sinks.get(mart);
        if (sink == null) {
            throw new IllegalStateException("no table was opened for " + mart);
        }
        sink.write(values);
    }

    /** Ends the files. */
    List<Written> close() {
        List<Written> written = new ArrayList<>();
        sinks.forEach((mart, sink) -> {
            if (sink.writer != null) {
                written.add(new Written(mart, sink.close()));
            }
        });
        return written;
    }

    private static final class Sink {

        private final Table table;
        private final int task;
        private final long attempt;
        private final GenericRecord row;
        private final int[] positions;
        private @Nullable DataWriter<Record> writer;

        Sink(Model model, Table table, int task, long attempt) {
            this.table = table;
            this.task = task;
            this.attempt = attempt;
            this.row = GenericRecord.create(table.schema());
            this.positions = model.columns().stream()
                    .mapToInt(column ->
                            table.schema().columns().indexOf(table.schema().findField(column.name())))
                    .toArray();
        }

        void write(Object[] values) {
            if (writer == null) {
                writer = new GenericFileWriterFactory.Builder(table)
                        .dataFileFormat(FileFormat.PARQUET)
                        .build()
                        .newDataWriter(
                                OutputFileFactory.builderFor(table, task, attempt)
                                        .format(FileFormat.PARQUET)
                                        .build()
                                        .newOutputFile(),
                                table.spec(),
                                null);
            }
            for (int i = 0; i < positions.length; i++) {
                row.set(positions[i], values[i]);
            }
            writer.write(row);
        }

        DataFile close() {
            DataWriter<Record> open = Objects.requireNonNull(writer);
            try {
                open.close();
            } catch (IOException failed) {
                throw new UncheckedIOException("a file of " + table.name() + " could not be written", failed);
            }
            return open.toDataFile();
        }
    }
}
