package uk.fpw.nightly.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.jspecify.annotations.Nullable;

/** What readers see of a table of releases: released snapshots and nothing else, each by its names. */
final class ReleasedMetadata {

    /** The snapshot of a table that had no rows when it was released. */
    static final long EMPTY = -1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ReleasedMetadata() {}

    /**
     * The metadata with {@code main} at the current release and a tag for each other name. Snapshots without a name,
     * such as those of candidates, are not in it, nor are columns that were added after the current release.
     *
     * @param current snapshot of the current release; {@link #EMPTY} if the table has no rows in it
     * @param tags snapshots of kept releases by name; each of them exists
     * @throws IllegalStateException if the snapshot of the current release does not exist
     */
    static TableMetadata of(TableMetadata stored, long current, Map<String, Long> tags) {
        Snapshot released = current == EMPTY ? null : stored.snapshot(current);
        if (released == null && current != EMPTY) {
            throw new IllegalStateException("the table has no snapshot " + current + ", which was released");
        }
        Set<Long> named = new HashSet<>(tags.values());
        named.add(current);
        List<Long> unnamed = stored.snapshots().stream()
                .map(Snapshot::snapshotId)
                .filter(id -> !named.contains(id))
                .toList();
        TableMetadata.Builder builder = TableMetadata.buildFrom(stored);
        stored.refs().keySet().forEach(builder::removeRef);
        builder.removeSnapshots(unnamed);
        if (released != null) {
            Integer schema = released.schemaId();
            if (schema != null) {
                builder.setCurrentSchema(schema);
            }
            builder.setBranchSnapshot(current, SnapshotRef.MAIN_BRANCH);
        }
        tags.forEach(
                (name, id) -> builder.setRef(name, SnapshotRef.tagBuilder(id).build()));
        return atTimesOfReleases(builder.discardChanges().build(), released, stored);
    }

    /** The same without the moment at which this was computed, which a reader's transaction may have begun before. */
    private static TableMetadata atTimesOfReleases(
            TableMetadata shown, @Nullable Snapshot released, TableMetadata stored) {
        long latest = shown.snapshots().stream()
                .mapToLong(Snapshot::timestampMillis)
                .max()
                .orElse(stored.lastUpdatedMillis());
        try {
            ObjectNode json = (ObjectNode) MAPPER.readTree(TableMetadataParser.toJson(shown));
            json.put("last-updated-ms", latest);
            json.putArray("metadata-log");
            ArrayNode log = json.putArray("snapshot-log");
            if (released != null) {
                log.addObject()
                        .put("timestamp-ms", released.timestampMillis())
                        .put("snapshot-id", released.snapshotId());
            }
            return TableMetadataParser.fromJson(json.toString());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
