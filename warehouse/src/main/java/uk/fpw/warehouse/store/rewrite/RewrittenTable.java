package uk.fpw.warehouse.store.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseFileIO;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * Rewrites a table with changed rows in all snapshots, or without some of them. Each data file is rewritten beside the
 * old one with its rows in the same order, so that deletion vectors remain valid, or are moved if rows are removed; and
 * so are the manifests, lists and metadata that refer to it.
 * Snapshots, branches and sequence numbers are preserved. Unchanged files and tables are kept. Nothing refers to the
 * new files until the catalog is switched.
 */
final class RewrittenTable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REWRITTEN = "r[0-9a-f]{8}-";

    private final String name;
    private final String oldMetadata;
    private final String command;
    private final FileIO io;
    private final Table table;
    private final TableMetadata metadata;
    private final String prefix;
    private final Map<String, DataFile> files = new LinkedHashMap<>();
    private final Map<String, ManifestFile> manifests = new LinkedHashMap<>();

    /** The new files by location of the old ones. */
    private final Map<String, DataFile> renamed = new HashMap<>();

    private final RemovedRows removed = new RemovedRows();

    /**
     * A table in the catalog.
     *
     * @param name qualified name
     * @param oldMetadata location of its metadata
     * @param command command to run again if it fails, such as {@code fpw rekey}
     */
    RewrittenTable(String name, String oldMetadata, String command) {
        this.command = command;
        this.name = name;
        this.oldMetadata = oldMetadata;
        WarehouseFileIO files = new WarehouseFileIO();
        files.setConf(WarehouseFileSystem.configuration());
        this.io = files;
        this.metadata = TableMetadataParser.read(io, oldMetadata);
        StaticTableOperations operations = new StaticTableOperations(
                metadata, io, LocationProviders.locationsFor(metadata.location(), metadata.properties()));
        this.table = new BaseTable(operations, name);
        this.prefix = "r" + UUID.randomUUID().toString().substring(0, 8) + "-";
        for (Snapshot snapshot : metadata.snapshots()) {
            snapshot.allManifests(io).forEach(manifest -> manifests.put(manifest.path(), manifest));
        }
        for (ManifestFile manifest : manifests.values()) {
            if (manifest.content() == ManifestContent.DATA) {
                list(manifest);
            }
        }
    }

    private void list(ManifestFile manifest) {
        try (ManifestReader<DataFile> found = ManifestFiles.read(manifest, io, metadata.specsById())) {
            found.forEach(file -> files.putIfAbsent(file.location(), file.copyWithoutStats()));
        } catch (IOException failed) {
            throw failed(manifest.path(), failed);
        }
    }

    String name() {
        return name;
    }

    Schema schema() {
        return metadata.schema();
    }

    /** Summary properties of each snapshot. */
    List<Map<String, String>> summaries() {
        return metadata.snapshots().stream().map(Snapshot::summary).toList();
    }

    /** Locations of new files by location of the old ones. */
    Map<String, String> renamed() {
        Map<String, String> locations = new HashMap<>();
        renamed.forEach((old, file) -> locations.put(old, file.location()));
        return locations;
    }

    /** Number of removed rows by location of the old file; files that lost none are missing. */
    Map<String, Long> removedByFile() {
        Map<String, Long> counts = new HashMap<>();
        for (String location : files.keySet()) {
            if (removed.count(location) > 0) {
                counts.put(location, (long) removed.count(location));
            }
        }
        return counts;
    }

    /** Locations of old files of which no row remains, so that there is no new one. */
    Set<String> emptied() {
        return files.keySet().stream().filter(removed::isEmptied).collect(Collectors.toSet());
    }

    /** Number of removed rows. */
    long removedCount() {
        return removed.count();
    }

    /** Whether any row of the table has changed. */
    boolean hasChanged() {
        return !renamed.isEmpty() || !removed.isEmpty();
    }

    /** Number of rows with a property by location of their file; files without such a row are missing. */
    Map<String, Long> count(Predicate<Record> rows) {
        Map<String, Long> counts = new HashMap<>();
        for (DataFile file : files.values()) {
            forEach(file, row -> {
                if (rows.test(row)) {
                    counts.merge(file.location(), 1L, Long::sum);
                }
            });
        }
        return counts;
    }

    /** Visits every row of all snapshots once; a row is valid until the next one. */
    void forEach(Consumer<Record> visitor) {
        files.values().forEach(file -> forEach(file, visitor));
    }

    private void forEach(DataFile file, Consumer<Record> visitor) {
        try (CloseableIterable<Record> rows = read(file, schemaOf(file))) {
            rows.forEach(visitor);
        } catch (IOException failed) {
            throw failed(file.location(), failed);
        }
    }

    /**
     * Rewrites the table with changed rows.
     *
     * @return location of the new metadata, or of the old metadata if nothing has changed
     */
    String rewrite(RowChange change) {
        for (DataFile file : files.values()) {
            change.begin(file.location());
            Schema schema = schemaOf(file);
            if (hasChange(file, schema, change)) {
                DataFile now = rewrite(file, schema, change);
                if (now != null) {
                    renamed.put(file.location(), now);
                }
            }
        }
        try {
            return rewriteMetadata(change);
        } catch (IOException failed) {
            throw failed(oldMetadata, failed);
        }
    }

    private boolean hasChange(DataFile file, Schema schema, RowChange change) {
        try (CloseableIterable<Record> rows = read(file, schema)) {
            return StreamSupport.stream(rows.spliterator(), false)
                    .anyMatch(row -> change.isRemoved(row) || change.change(row));
        } catch (IOException failed) {
            throw failed(file.location(), failed);
        }
    }

    /** The new file; null if no row remains, because Iceberg writes no file without rows. */
    private @Nullable DataFile rewrite(DataFile file, Schema schema, RowChange change) {
        String location = beside(file.location());
        int count = 0;
        IntStream.Builder removedPositions = IntStream.builder();
        try (CloseableIterable<Record> rows = read(file, schema)) {
            DataWriter<Record> writer = Parquet.writeData(io.newOutputFile(location))
                    .forTable(table)
                    .schema(schema)
                    .withSpec(metadata.spec(file.specId()))
                    .withPartition(file.partition())
                    .createWriterFunc(type -> GenericParquetWriter.create(schema, type))
                    .overwrite()
                    .build();
            try (writer) {
                for (Record row : rows) {
                    if (change.isRemoved(row)) {
                        removedPositions.add(count);
                    } else {
                        change.change(row);
                        writer.write(row);
                    }
                    count++;
                }
            }
            if (count != file.recordCount()) {
                throw new IllegalStateException(
                        file.location() + " has " + count + " rows instead of " + file.recordCount());
            }
            int[] positions = removedPositions.build().toArray();
            removed.put(file.location(), positions, positions.length == count);
            return positions.length == count ? null : writer.toDataFile();
        } catch (IOException failed) {
            throw failed(location, failed);
        }
    }

    private CloseableIterable<Record> read(DataFile file, Schema schema) {
        return Parquet.read(io.newInputFile(file.location()))
                .project(schema)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .reuseContainers()
                .build();
    }

    /** The columns of a file, without those added to the table later. */
    private Schema schemaOf(DataFile file) {
        AtomicReference<MessageType> written = new AtomicReference<>();
        InputFile input = io.newInputFile(file.location());
        try (CloseableIterable<Record> rows = Parquet.read(input)
                .project(metadata.schema())
                .createReaderFunc(type -> {
                    written.set(type);
                    return GenericParquetReaders.buildReader(metadata.schema(), type);
                })
                .build()) {
            rows.iterator().close();
            return ParquetSchemaUtil.convert(written.get());
        } catch (IOException failed) {
            throw failed(file.location(), failed);
        }
    }

    private String rewriteMetadata(RowChange change) throws IOException {
        ObjectNode json;
        try (var in = io.newInputFile(oldMetadata).newStream()) {
            json = (ObjectNode) JSON.readTree(in);
        }
        MovedVectors vectors = new MovedVectors(table, removed, renamed, prefix);
        for (ManifestFile manifest : manifests.values()) {
            vectors.add(manifest, metadata.specsById());
        }
        Map<Long, ManifestRewrite.Rewritten> lists = new ManifestRewrite(
                        io, renamed, removed, vectors, RewrittenTable.this::beside)
                .lists(metadata.snapshots(), manifests.values());
        boolean isChanged = !lists.isEmpty();
        for (JsonNode node : json.path("snapshots")) {
            ObjectNode snapshot = (ObjectNode) node;
            ManifestRewrite.Rewritten now =
                    lists.get(snapshot.required("snapshot-id").asLong());
            if (now != null) {
                snapshot.put("manifest-list", now.list());
            }
            Map<String, String> summary = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> property : snapshot.path("summary").properties()) {
                summary.put(property.getKey(), property.getValue().asText());
            }
            Map<String, String> changed = change.summary(now == null ? summary : without(now, summary));
            if (!changed.equals(summary)) {
                snapshot.set("summary", JSON.valueToTree(changed));
                isChanged = true;
            }
        }
        if (!isChanged) {
            return oldMetadata;
        }
        // Earlier metadata leads to old keys and rows; the rest is only needed for planning.
        json.putArray("metadata-log");
        json.putArray("statistics");
        json.putArray("partition-statistics");
        String file = Path.of(oldMetadata).getFileName().toString();
        String location = sibling(oldMetadata, file.split("-", 2)[0] + "-" + UUID.randomUUID() + ".metadata.json");
        try (var out = io.newOutputFile(location).create()) {
            out.write(JSON.writeValueAsBytes(json));
        }
        return location;
    }

    /** The summary of a snapshot that has lost rows. */
    private static Map<String, String> without(ManifestRewrite.Rewritten lost, Map<String, String> summary) {
        Map<String, String> changed = new LinkedHashMap<>(summary);
        reduce(changed, SnapshotSummary.TOTAL_RECORDS_PROP, lost.rows());
        reduce(changed, SnapshotSummary.ADDED_RECORDS_PROP, lost.addedRows());
        reduce(changed, SnapshotSummary.TOTAL_POS_DELETES_PROP, lost.marks());
        reduce(changed, SnapshotSummary.ADDED_POS_DELETES_PROP, lost.addedMarks());
        return changed;
    }

    private static void reduce(Map<String, String> summary, String property, long by) {
        summary.computeIfPresent(property, (name, value) -> Long.toString(Long.parseLong(value) - by));
    }

    /** A new name in the same folder. */
    private String beside(String location) {
        String file = LocalStorage.file(location).getFileName().toString();
        return sibling(location, prefix + file.replaceFirst("^" + REWRITTEN, ""));
    }

    private static String sibling(String location, String file) {
        return location.substring(0, location.lastIndexOf('/') + 1) + file;
    }

    private FpwException failed(String location, IOException failed) {
        return FpwException.unavailable(
                name + " could not be rewritten: " + location + ": " + failed.getMessage()
                        + ". Nothing was changed; check the permissions on its folder and the free space on its "
                        + "disk, and "
                        + "run " + command + " again",
                failed);
    }
}
