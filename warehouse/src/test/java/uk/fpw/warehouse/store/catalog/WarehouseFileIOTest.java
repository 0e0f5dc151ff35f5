package uk.fpw.warehouse.store.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.iceberg.BaseMetastoreTableOperations;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarehouseFileIOTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "'', it is not complete",
                "'{\"format-version\": 3', it is not complete",
                "'{\"format-version\"~ 3}', it is not complete",
                "none, it is missing"
            })
    void damagedMetadataAreReadOnce(@Nullable String content, String problem) throws IOException {
        Path metadata = folder.resolve("00001-0a1b.metadata.json");
        if (content != null) {
            Files.writeString(metadata, content);
        }
        Operations operations = new Operations("file://" + metadata);

        assertThatThrownBy(operations::refresh)
                .isInstanceOf(NotFoundException.class)
                .hasMessage(metadata + " is damaged: " + problem);
        assertThat(operations.attempts).isEqualTo(1);
    }

    /** Iceberg's table operations with its own number of attempts. */
    private static final class Operations extends BaseMetastoreTableOperations {

        private final FileIO io = new WarehouseFileIO();
        private final String metadata;
        private int attempts;

        Operations(String metadata) {
            this.metadata = metadata;
        }

        @Override
        protected void doRefresh() {
            refreshFromMetadataLocation(metadata);
        }

        @Override
        public FileIO io() {
            if (++attempts > 2) {
                throw new AssertionError("Iceberg reads it again and again"); // An exception would just be retried.
            }
            return io;
        }

        @Override
        protected String tableName() {
            return "raw.requests";
        }
    }
}
