package uk.fpw.warehouse.store.load.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.parquet.InternalWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;

/**
 * Parquet writers for rows with values in Iceberg's internal representation (timestamps in microseconds, dates as
 * days), so that nothing has to be converted.
 */
record RowWriters(Table table) implements FileWriterFactory<StructLike> {

    private static final long serialVersionUID = 1L;

    /** Columns in which values are hardly ever repeated within a file. */
    private static final List<String> WITHOUT_DICTIONARY =
            List.of(FeedTables.KEY, FeedTables.ROW_HASH, FeedTables.SEQ, FeedTables.LINE);

    @Override
    public DataWriter<StructLike> newDataWriter(
            EncryptedOutputFile file, PartitionSpec spec, @Nullable StructLike partition) {
        Schema schema = table.schema();
        Parquet.DataWriteBuilder builder = Parquet.writeData(file)
                .forTable(table)
                .withSpec(spec)
                .withPartition(partition)
                .createWriterFunc(type -> InternalWriter.create(schema.asStruct(), type))
                .overwrite();
        WITHOUT_DICTIONARY.forEach(
                column -> builder.set(TableProperties.PARQUET_DICT_ENCODING_ENABLED_COLUMN_PREFIX + column, "false"));
        try {
            return builder.build();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public EqualityDeleteWriter<StructLike> newEqualityDeleteWriter(
            EncryptedOutputFile file, PartitionSpec spec, @Nullable StructLike partition) {
        throw new UnsupportedOperationException("rows are deleted by deletion vectors");
    }

    @Override
    public PositionDeleteWriter<StructLike> newPositionDeleteWriter(
            EncryptedOutputFile file, PartitionSpec spec, @Nullable StructLike partition) {
        throw new UnsupportedOperationException("rows are deleted by deletion vectors");
    }
}
