package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;

/** Writes tables of a release with given rows; columns missing from a row are null. */
public final class ModelRows {

    private ModelRows() {}

    /**
     * Overwrites a table, creating it if necessary.
     *
     * @param id release that the file of the rows is named after
     * @param name table of a model
     * @return the snapshot
     */
    public static long overwrite(WarehouseCatalog catalog, ReleaseId id, String name, List<Map<String, Object>> rows) {
        Model model = Models.find(name).orElseThrow();
        Table found = catalog.find(name);
        Table table = found != null
                ? found
                : catalog.create(name, schema(model, column -> true), PartitionSpec.unpartitioned(), Map.of());
        OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        if (!rows.isEmpty()) {
            DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                    .dataFileFormat(FileFormat.PARQUET)
                    .dataSchema(table.schema())
                    .build()
                    .newDataWriter(
                            EncryptedFiles.plainAsEncryptedOutput(table.io()
                                    .newOutputFile(table.locationProvider()
                                            .newDataLocation(id + "-" + model.name() + ".parquet"))),
                            table.spec(),
                            null);
            try (writer) {
                for (Map<String, Object> row : rows) {
                    Record written = GenericRecord.create(table.schema());
                    row.forEach(written::setField);
                    writer.write(written);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            overwrite.addFile(writer.toDataFile());
        }
        overwrite.commit();
        return table.currentSnapshot().snapshotId();
    }

    /**
     * The Iceberg schema of a model.
     *
     * @param isOptional selects nullable columns
     */
    public static Schema schema(Model model, Predicate<Model.Column> isOptional) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Model.Column column : model.columns()) {
            int id = fields.size() + 1;
            Type type =
                    switch (column.type()) {
                        case TEXT -> Types.StringType.get();
                        case BIGINT -> Types.LongType.get();
                        case INT -> Types.IntegerType.get();
                        case DOUBLE -> Types.DoubleType.get();
                        case BOOLEAN -> Types.BooleanType.get();
                        case DATE -> Types.DateType.get();
                        case TIMESTAMP -> Types.TimestampType.withZone();
                        case MAP ->
                            Types.MapType.ofRequired(
                                    1000 + id, 2000 + id, Types.StringType.get(), Types.StringType.get());
                    };
            fields.add(
                    isOptional.test(column)
                            ? Types.NestedField.optional(id, column.name(), type)
                            : Types.NestedField.required(id, column.name(), type));
        }
        return new Schema(fields);
    }
}
