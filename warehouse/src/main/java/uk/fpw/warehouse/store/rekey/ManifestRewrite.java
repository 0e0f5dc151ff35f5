package uk.fpw.warehouse.store.rekey;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
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
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites manifests and manifest lists with renamed files. Works on the Avro files directly, so that everything else
 * in an entry is preserved: Iceberg's own writers would assign new sequence numbers.
 */
final class ManifestRewrite {

    private final FileIO io;
    private final Map<String, DataFile> renamed;
    private final UnaryOperator<String> newName;

    /** New manifest and its length by path of the old one. */
    private final Map<String, Written> written = new HashMap<>();

    private record Written(String path, long length) {}

    /**
     * A rewrite of manifests.
     *
     * @param renamed new files by location of the old ones
     * @param newName gives the new name of a manifest or list
     */
    ManifestRewrite(FileIO io, Map<String, DataFile> renamed, UnaryOperator<String> newName) {
        this.io = io;
        this.renamed = renamed;
        this.newName = newName;
    }

    /** Writes new manifests and lists as needed. Returns the new lists by snapshot id. */
    Map<Long, String> lists(Collection<Snapshot> snapshots, Collection<ManifestFile> manifests) throws IOException {
        if (renamed.isEmpty()) {
            return Map.of();
        }
        for (ManifestFile manifest : manifests) {
            String path = newName.apply(manifest.path());
            if (rewrite(manifest.path(), path, this::changeEntry)) {
                written.put(
                        manifest.path(), new Written(path, io.newInputFile(path).getLength()));
            }
        }
        Map<Long, String> lists = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            String list = snapshot.manifestListLocation();
            String path = newName.apply(list);
            if (rewrite(list, path, this::changeManifest)) {
                lists.put(snapshot.snapshotId(), path);
            }
        }
        return lists;
    }

    private boolean changeManifest(GenericRecord manifest) {
        Written now = written.get(String.valueOf(manifest.get("manifest_path")));
        if (now == null) {
            return false;
        }
        manifest.put("manifest_path", now.path());
        manifest.put("manifest_length", now.length());
        return true;
    }

    private boolean changeEntry(GenericRecord entry) {
        GenericRecord file = (GenericRecord) entry.get("data_file");
        DataFile now = renamed.get(String.valueOf(file.get("file_path")));
        if (now != null) {
            file.put("file_path", now.location());
            file.put("file_size_in_bytes", now.fileSizeInBytes());
            put(file, "column_sizes", now.columnSizes());
            put(file, "value_counts", now.valueCounts());
            put(file, "null_value_counts", now.nullValueCounts());
            put(file, "nan_value_counts", now.nanValueCounts());
            put(file, "lower_bounds", now.lowerBounds());
            put(file, "upper_bounds", now.upperBounds());
            if (has(file, "split_offsets")) {
                file.put("split_offsets", now.splitOffsets());
            }
            return true;
        }
        DataFile marked = has(file, "referenced_data_file")
                ? renamed.get(String.valueOf(file.get("referenced_data_file")))
                : null;
        if (marked != null) {
            // For a deletion vector; the path inside its file is never read.
            file.put("referenced_data_file", marked.location());
            return true;
        }
        return false;
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
    private boolean rewrite(String from, String to, Predicate<GenericRecord> change) throws IOException {
        List<GenericRecord> records = new ArrayList<>();
        boolean isChanged = false;
        try (DataFileStream<GenericRecord> in =
                new DataFileStream<>(io.newInputFile(from).newStream(), new GenericDatumReader<>())) {
            while (in.hasNext()) {
                GenericRecord record = in.next();
                isChanged |= change.test(record);
                records.add(record);
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
