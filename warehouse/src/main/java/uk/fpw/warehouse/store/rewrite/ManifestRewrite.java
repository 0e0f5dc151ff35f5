package uk.fpw.warehouse.store.rewrite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileConstants;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites manifests and manifest lists with renamed files and without removed rows. Works on the Avro files directly,
 * so that everything else in an entry is preserved: Iceberg's own writers would assign new sequence numbers.
 */
final class ManifestRewrite {

    /** Status of the entries of a manifest, in the order of Iceberg's numbers, which begin at 0. */
    private static final List<String> STATUSES = List.of("existing", "added", "deleted");

    private static final int EXISTING = 0;
    private static final int ADDED = 1;

    private enum Change {
        NONE,
        CHANGED,
        REMOVED
    }

    private final FileIO io;
    private final Map<String, DataFile> renamed;
    private final RemovedRows removed;
    private final MovedVectors vectors;
    private final UnaryOperator<String> newName;

    /** New manifest and its length by path of the old one. */
    private final Map<String, Written> written = new HashMap<>();

    /** What the present manifest contains after the change, and has lost. */
    private Content content = new Content();

    private record Written(String path, long length, Content content) {}

    /** Counts of the entries of a manifest by status. */
    private static final class Content {
        private final long[] files = new long[STATUSES.size()];
        private final long[] rows = new long[STATUSES.size()];
        private final long[] removed = new long[STATUSES.size()];
    }

    /**
     * What a snapshot has lost.
     *
     * @param list its new manifest list; null if nothing has changed
     * @param rows number of rows removed from its data files
     * @param addedRows number of these in files that it added
     * @param marks number of positions removed from its deletion vectors
     * @param addedMarks number of these in vectors that it added
     */
    record Rewritten(@Nullable String list, long rows, long addedRows, long marks, long addedMarks) {}

    /**
     * A rewrite of manifests.
     *
     * @param renamed new files by location of the old ones
     * @param removed rows that these have lost
     * @param vectors deletion vectors that were written again because of it
     * @param newName gives the new name of a manifest or list
     */
    ManifestRewrite(
            FileIO io,
            Map<String, DataFile> renamed,
            RemovedRows removed,
            MovedVectors vectors,
            UnaryOperator<String> newName) {
        this.io = io;
        this.renamed = renamed;
        this.removed = removed;
        this.vectors = vectors;
        this.newName = newName;
    }

    /** Writes new manifests and lists as needed. Returns what has changed by snapshot id. */
    Map<Long, Rewritten> lists(Collection<Snapshot> snapshots, Collection<ManifestFile> manifests) throws IOException {
        if (renamed.isEmpty() && removed.isEmpty()) {
            return Map.of();
        }
        for (ManifestFile manifest : manifests) {
            String path = newName.apply(manifest.path());
            content = new Content();
            if (rewrite(manifest.path(), path, this::changeEntry)) {
                written.put(
                        manifest.path(), new Written(path, io.newInputFile(path).getLength(), content));
            }
        }
        Map<Long, Rewritten> lists = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            String list = snapshot.manifestListLocation();
            String path = newName.apply(list);
            if (rewrite(list, path, this::changeManifest)) {
                lists.put(snapshot.snapshotId(), rewritten(snapshot, path));
            }
        }
        return lists;
    }

    private Rewritten rewritten(Snapshot snapshot, String list) {
        long[] live = new long[2];
        long[] added = new long[2];
        for (ManifestFile manifest : snapshot.allManifests(io)) {
            Written now = written.get(manifest.path());
            if (now != null) {
                int kind = manifest.content() == ManifestContent.DATA ? 0 : 1;
                long[] lost = now.content().removed;
                live[kind] += lost[EXISTING] + lost[ADDED];
                added[kind] += Objects.equals(manifest.snapshotId(), snapshot.snapshotId()) ? lost[ADDED] : 0;
            }
        }
        return new Rewritten(list, live[0], added[0], live[1], added[1]);
    }

    private Change changeManifest(GenericRecord manifest) {
        Written now = written.get(String.valueOf(manifest.get("manifest_path")));
        if (now == null) {
            return Change.NONE;
        }
        manifest.put("manifest_path", now.path());
        manifest.put("manifest_length", now.length());
        if (!removed.isEmpty()) {
            for (int status = 0; status < STATUSES.size(); status++) {
                manifest.put(STATUSES.get(status) + "_files_count", (int) now.content().files[status]);
                manifest.put(STATUSES.get(status) + "_rows_count", now.content().rows[status]);
            }
        }
        return Change.CHANGED;
    }

    private Change changeEntry(GenericRecord entry) {
        GenericRecord file = (GenericRecord) entry.get("data_file");
        int status = ((Number) entry.get("status")).intValue();
        long before = ((Number) file.get("record_count")).longValue();
        Change change = changeFile(file);
        long after = change == Change.REMOVED ? 0 : ((Number) file.get("record_count")).longValue();
        content.files[status] += change == Change.REMOVED ? 0 : 1;
        content.rows[status] += after;
        content.removed[status] += before - after;
        return change;
    }

    private Change changeFile(GenericRecord file) {
        String location = String.valueOf(file.get("file_path"));
        if (removed.isEmptied(location)) {
            return Change.REMOVED;
        }
        DataFile now = renamed.get(location);
        if (now != null) {
            file.put("file_path", now.location());
            file.put("file_size_in_bytes", now.fileSizeInBytes());
            file.put("record_count", now.recordCount());
            put(file, "column_sizes", now.columnSizes());
            put(file, "value_counts", now.valueCounts());
            put(file, "null_value_counts", now.nullValueCounts());
            put(file, "nan_value_counts", now.nanValueCounts());
            put(file, "lower_bounds", now.lowerBounds());
            put(file, "upper_bounds", now.upperBounds());
            if (has(file, "split_offsets")) {
                file.put("split_offsets", now.splitOffsets());
            }
            return Change.CHANGED;
        }
        String vector = MovedVectors.id(location, has(file, "content_offset") ? file.get("content_offset") : null);
        if (vectors.has(vector)) {
            return changeVector(file, vectors.get(vector));
        }
        DataFile marked = has(file, "referenced_data_file")
                ? renamed.get(String.valueOf(file.get("referenced_data_file")))
                : null;
        if (marked != null) {
            // For a deletion vector; the path inside its file is never read.
            file.put("referenced_data_file", marked.location());
            return Change.CHANGED;
        }
        return Change.NONE;
    }

    private static Change changeVector(GenericRecord file, @Nullable DeleteFile now) {
        if (now == null) {
            return Change.REMOVED;
        }
        file.put("file_path", now.location());
        file.put("file_size_in_bytes", now.fileSizeInBytes());
        file.put("record_count", now.recordCount());
        file.put("referenced_data_file", now.referencedDataFile());
        file.put("content_offset", now.contentOffset());
        file.put("content_size_in_bytes", now.contentSizeInBytes());
        return Change.CHANGED;
    }

    /** Sets per-column metrics; null for none, as Iceberg does. */
    private static void put(GenericRecord file, String field, @Nullable Map<Integer, ?> values) {
        if (!has(file, field)) {
            return;
        }
        if (values == null || values.isEmpty()) {
            file.put(field, null);
            return;
        }
        Schema type = file.getSchema().getField(field).schema();
        Schema array = type.getType() == Schema.Type.UNION
                ? type.getTypes().stream()
                        .filter(one -> one.getType() == Schema.Type.ARRAY)
                        .findFirst()
                        .orElseThrow()
                : type;
        List<GenericRecord> pairs = new ArrayList<>();
        values.forEach((column, value) -> {
            GenericRecord pair = new GenericData.Record(array.getElementType());
            pair.put("key", column);
            pair.put("value", value instanceof ByteBuffer bytes ? bytes.duplicate() : value);
            pairs.add(pair);
        });
        file.put(field, new GenericData.Array<>(array, pairs));
    }

    private static boolean has(GenericRecord record, String field) {
        return record.getSchema().getField(field) != null;
    }

    /** Whether any record of a file was changed; only then is a new file written. */
    private boolean rewrite(String from, String to, Function<GenericRecord, Change> change) throws IOException {
        List<GenericRecord> records = new ArrayList<>();
        boolean isChanged = false;
        try (DataFileStream<GenericRecord> in =
                new DataFileStream<>(io.newInputFile(from).newStream(), new GenericDatumReader<>())) {
            while (in.hasNext()) {
                GenericRecord record = in.next();
                Change made = change.apply(record);
                isChanged |= made != Change.NONE;
                if (made != Change.REMOVED) {
                    records.add(record);
                }
            }
            if (isChanged) {
                write(in, records, to);
            }
        }
        return isChanged;
    }

    private void write(DataFileStream<GenericRecord> like, List<GenericRecord> records, String to) throws IOException {
        String codec = like.getMetaString(DataFileConstants.CODEC);
        try (DataFileWriter<GenericRecord> out = new DataFileWriter<>(new GenericDatumWriter<>(like.getSchema()))) {
            out.setCodec(CodecFactory.fromString(codec == null ? DataFileConstants.NULL_CODEC : codec));
            for (String property : like.getMetaKeys()) {
                if (!DataFileWriter.isReservedMeta(property)) {
                    out.setMeta(property, like.getMeta(property));
                }
            }
            out.create(like.getSchema(), io.newOutputFile(to).createOrOverwrite());
            for (GenericRecord record : records) {
                out.append(record);
            }
        }
    }
}
