package uk.fpw.warehouse.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

class EmptyTableTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void fileOfATableWithoutRowsHasItsColumnsAndTheirDescriptions() throws IOException {
        Model daily = Models.find("mart.queue_daily").orElseThrow();
        Path file = folder.resolve("queue_daily.parquet");

        EmptyTable.write(daily, file);

        try (ParquetFileReader written = ParquetFileReader.open(new LocalInputFile(file))) {
            assertThat(written.getRecordCount()).isZero();
            assertThat(written.getFileMetaData().getSchema().getFields())
                    .extracting(Type::getName)
                    .isEqualTo(daily.columnNames());
            assertThat(written.getFileMetaData().getKeyValueMetaData().get("iceberg.schema"))
                    .contains("\"name\":\"waiting_count\",\"required\":false,\"type\":\"long\",\"doc\":\"");
        }
    }
}
