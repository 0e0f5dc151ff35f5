package uk.fpw.nightly.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Map;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.junit.jupiter.api.Test;

class ReleasedMetadataTest {

    /** Snapshots 1 and 2 were released, 3 is a candidate, for which a column was added. */
    static final TableMetadata STORED = TableMetadataParser.fromJson("""
            {
              "format-version": 2,
              "table-uuid": "9c12d441-03fe-4693-9a96-a0705ddf69c1",
              "location": "file:///warehouse/data/mart/queue_daily",
              "last-sequence-number": 3,
              "last-updated-ms": 1452600000003,
              "last-column-id": 2,
              "current-schema-id": 1,
              "schemas": [
                {"type": "struct", "schema-id": 0, "fields": [
                  {"id": 1, "name": "queue", "required": true, "type": "string"}]},
                {"type": "struct", "schema-id": 1, "fields": [
                  {"id": 1, "name": "queue", "required": true, "type": "string"},
                  {"id": 2, "name": "added_count", "required": false, "type": "long"}]}],
              "default-spec-id": 0,
              "partition-specs": [{"spec-id": 0, "fields": []}],
              "last-partition-id": 999,
              "default-sort-order-id": 0,
              "sort-orders": [{"order-id": 0, "fields": []}],
              "properties": {},
              "current-snapshot-id": 3,
              "refs": {"main": {"snapshot-id": 3, "type": "branch"}},
              "snapshots": [
                {"snapshot-id": 1, "sequence-number": 1, "timestamp-ms": 1452600000001, "schema-id": 0,
                  "manifest-list": "file:///1.avro", "summary": {"operation": "append"}},
                {"snapshot-id": 2, "parent-snapshot-id": 1, "sequence-number": 2, "timestamp-ms": 1452600000002,
                  "schema-id": 0, "manifest-list": "file:///2.avro", "summary": {"operation": "append"}},
                {"snapshot-id": 3, "parent-snapshot-id": 2, "sequence-number": 3, "timestamp-ms": 1452600000003,
                  "schema-id": 1, "manifest-list": "file:///3.avro", "summary": {"operation": "append"}}],
              "snapshot-log": [
                {"timestamp-ms": 1452600000001, "snapshot-id": 1},
                {"timestamp-ms": 1452600000002, "snapshot-id": 2},
                {"timestamp-ms": 1452600000003, "snapshot-id": 3}],
              "metadata-log": []
            }""");

    @Test
    void mainIsTheCurrentReleaseAndNothingNamesACandidate() {
        TableMetadata shown = ReleasedMetadata.of(STORED, 2, Map.of("2016-01-12.1", 1L, "2016-01-13.1", 2L));
        assertThat(shown.currentSnapshot().snapshotId()).isEqualTo(2);
        assertThat(shown.refs())
                .isEqualTo(Map.of(
                        "main", SnapshotRef.branchBuilder(2).build(),
                        "2016-01-12.1", SnapshotRef.tagBuilder(1).build(),
                        "2016-01-13.1", SnapshotRef.tagBuilder(2).build()));
        assertThat(shown.snapshots()).extracting(Snapshot::snapshotId).containsExactly(1L, 2L);
        assertThat(shown.schema().columns()).hasSize(1);
        assertThat(TableMetadataParser.toJson(shown)).doesNotContain("3.avro", "\"snapshot-id\":3");
    }

    @Test
    void nothingIsLaterThanTheReleases() {
        TableMetadata shown = ReleasedMetadata.of(STORED, 1, Map.of("2016-01-12.1", 1L, "2016-01-13.1", 2L));
        assertThat(shown.lastUpdatedMillis()).isEqualTo(1452600000002L);
        assertThat(shown.snapshotLog())
                .extracting(HistoryEntry::snapshotId, HistoryEntry::timestampMillis)
                .containsExactly(tuple(1L, 1452600000001L));
        assertThat(shown.previousFiles()).isEmpty();
    }

    @Test
    void tableWithoutRowsInTheCurrentReleaseHasNoSnapshot() {
        TableMetadata shown = ReleasedMetadata.of(STORED, ReleasedMetadata.EMPTY, Map.of());
        assertThat(shown.currentSnapshot()).isNull();
        assertThat(shown.snapshots()).isEmpty();
        assertThat(shown.refs()).isEmpty();
    }

    @Test
    void mainGoesBackToAnEarlierRelease() {
        TableMetadata shown = ReleasedMetadata.of(STORED, 1, Map.of("2016-01-12.1", 1L));
        assertThat(shown.currentSnapshot().snapshotId()).isEqualTo(1);
        assertThat(shown.snapshots()).extracting(Snapshot::snapshotId).containsExactly(1L);
    }

    @Test
    void releasedSnapshotThatDoesNotExistIsAnError() {
        assertThatThrownBy(() -> ReleasedMetadata.of(STORED, 4, Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the table has no snapshot 4, which was released");
    }
}
