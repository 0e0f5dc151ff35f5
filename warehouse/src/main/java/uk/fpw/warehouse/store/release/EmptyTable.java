package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import uk.fpw.model.Model;
import uk.fpw.warehouse.store.catalog.ModelSchema;

/**
 * A Parquet file for readers of a table without rows: it has the table's columns, as its files with rows have.
 * Iceberg's writer makes no file where there is no row.
 */
public final class EmptyTable {

    /** Where Iceberg puts the columns with their descriptions. */
    private static final String SCHEMA = "iceberg.schema";

    private EmptyTable() {}

    /**
     * Writes the file.
     *
     * @param file must not exist
     */
    public static void write(Model model, Path file) throws IOException {
        Schema schema = ModelSchema.of(model);
        try (ParquetFileWriter writer = new ParquetFileWriter(
                new LocalOutputFile(file),
                ParquetSchemaUtil.convert(schema, "table"),
                ParquetFileWriter.Mode.CREATE,
                ParquetWriter.DEFAULT_BLOCK_SIZE,
                ParquetWriter.MAX_PADDING_SIZE_DEFAULT,
                null,
                ParquetProperties.builder().build())) {
            writer.start();
            writer.end(Map.of(SCHEMA, SchemaParser.toJson(schema)));
        }
    }
}
