package uk.fpw.warehouse.store.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

class CandidateBranchTest {

    /** As of a table that an earlier version wrote, or whose damaged branch was given up. */
    @Test
    void totalsOfATableWithoutTheBranchAreThoseOfItsRows() throws IOException {
        try (InMemoryCatalog catalog = new InMemoryCatalog()) {
            catalog.initialize("test", Map.of());
            catalog.createNamespace(Namespace.of("mart"));
            Table table = catalog.createTable(
                    TableIdentifier.of("mart", "queue_daily"),
                    new Schema(Types.NestedField.required(1, "waiting_count", Types.LongType.get())));
            table.newAppend().appendFile(file("earlier", 96)).commit();

            CandidateBranch.replaceAll(table).addFile(file("candidate", 42)).commit();

            assertThat(table.snapshot(CandidateBranch.NAME).summary())
                    .containsEntry("deleted-records", "96")
                    .containsEntry("total-records", "42");
            assertThat(table.currentSnapshot().summary()).containsEntry("total-records", "96");
        }
    }

    private static DataFile file(String name, long rows) {
        return DataFiles.builder(PartitionSpec.unpartitioned())
                .withPath("memory:/" + name + ".parquet")
                .withFileSizeInBytes(1000)
                .withRecordCount(rows)
                .build();
    }
}
