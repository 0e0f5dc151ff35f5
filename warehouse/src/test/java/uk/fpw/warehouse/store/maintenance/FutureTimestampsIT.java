package uk.fpw.warehouse.store.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.testing.TestDatabase;

class FutureTimestampsIT {

    @TempDir
    private Path folder;

    @Test
    void tableThatWasWrittenWhileTheClockWasAheadCanBeWrittenAgain() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        try (WarehouseCatalog catalog =
                WarehouseCatalog.open(database.url(), database.user(), database.password(), folder)) {
            Schema schema = new Schema(Types.NestedField.optional(1, "n", Types.LongType.get()));
            Table sound = catalog.create("raw.sound", schema, PartitionSpec.unpartitioned(), Map.of());
            sound.newFastAppend().set("night", "1").commit();
            Table ahead = catalog.create("raw.ahead", schema, PartitionSpec.unpartitioned(), Map.of());
            ahead.newFastAppend().set("night", "1").commit();
            ahead.newFastAppend().set("night", "2").commit();
            ahead.manageSnapshots().createBranch("current").commit();
            ahead.newFastAppend().toBranch("current").set("night", "2").commit();
            FutureTimestamps.rewriteTimestamps(
                    ((HasTableOperations) ahead).operations(),
                    moment -> moment + Duration.ofDays(40).toMillis());
            long written = catalog.load("raw.ahead").currentSnapshot().snapshotId();
            assertThatThrownBy(() -> catalog.load("raw.ahead")
                            .newFastAppend()
                            .set("night", "3")
                            .commit())
                    .hasMessage("[BUG] Expected sorted snapshot log entries.");

            assertThat(FutureTimestamps.correct(catalog, () -> {})).isEqualTo(1);
            assertThat(FutureTimestamps.correct(catalog, () -> {})).isZero();

            Table corrected = catalog.load("raw.ahead");
            assertThat(corrected.currentSnapshot().snapshotId()).isEqualTo(written);
            corrected.newFastAppend().set("night", "3").commit();
            corrected.newFastAppend().toBranch("current").set("night", "3").commit();
            assertThat(corrected.snapshots())
                    .extracting(snapshot -> snapshot.summary().get("night"))
                    .containsExactly("1", "2", "2", "3", "3");
            catalog.load("raw.sound").newFastAppend().set("night", "2").commit();
        }
    }
}
