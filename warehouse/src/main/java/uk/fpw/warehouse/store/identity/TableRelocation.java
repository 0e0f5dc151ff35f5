package uk.fpw.warehouse.store.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.RewriteTablePathUtil;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * Relocates one table whose folder was moved: rewrites metadata, manifest lists and manifests with the new paths, under
 * new names beside the old. Data files are unchanged: they contain no paths, and the path in the file of a deletion
 * vector is never read. Old files are deleted after the catalog has switched, so the process may die at any time.
 */
final class TableRelocation {

    private static final String METADATA = "metadata";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Path folder;
    private final String oldMetadata;

    /**
     * A table in the catalog.
     *
     * @param name such as {@code raw.requests}
     * @param dataFolder the present folder of the tables
     * @param oldMetadata location of its current metadata file in the catalog
     */
    TableRelocation(String name, Path dataFolder, String oldMetadata) {
        this.name = name;
        this.folder = dataFolder.resolve(name.replace('.', '/'));
        this.oldMetadata = oldMetadata;
    }

    String name() {
        return name;
    }

    String oldMetadata() {
        return oldMetadata;
    }

    /**
     * Rewrites everything and checks that no path leads outside the table's folder. Returns the location of the new
     * metadata file.
     */
    String rewrite() {
        try {
            Path file = folder.resolve(METADATA).resolve(RewriteTablePathUtil.fileName(oldMetadata));
            if (!Files.isRegularFile(file)) {
                throw refused(file + " is missing; restore database and folder from the same backup");
            }
            ObjectNode json = (ObjectNode) JSON.readTree(file.toFile());
            String location = json.required("location").asText();
            Path from = LocalStorage.file(location);
            TableMetadata metadata = TableMetadataParser.fromJson(oldMetadata, json.toString());
            Map<Long, String> lists = rewriteLists(metadata, beforeRowIds(json), from);

            json.put("location", TableFolders.scheme(location) + folder);
            for (JsonNode snapshot : json.path("snapshots")) {
                ((ObjectNode) snapshot)
                        .put(
                                "manifest-list",
                                lists.get(snapshot.required("snapshot-id").asLong()));
            }
            // These are needed only for history or planning, and are deleted at the end.
            json.putArray("metadata-log");
            json.putArray("statistics");
            json.putArray("partition-statistics");
            String version = file.getFileName().toString().split("-", 2)[0];
            String newMetadata = TableFolders.scheme(oldMetadata) + folder + "/" + METADATA + "/" + version + "-"
                    + UUID.randomUUID() + ".metadata.json";
            OutputFile output = new RelocatedFileIO(from, folder).newOutputFile(newMetadata);
            try (var out = output.create()) {
                out.write(JSON.writeValueAsBytes(json));
            }
            requireFiles(files(newMetadata));
            return newMetadata;
        } catch (IOException failed) {
            throw FpwException.unavailable(
                    name + " could not be relocated: " + failed.getMessage() + "; check the permissions on " + folder
                            + " and the free space on its disk, and run fpw relocate again",
                    failed);
        }
    }

    /** Deletes metadata that is no longer in the catalog. */
    static void deleteOldMetadata(Path dataFolder, String name, String metadata) throws IOException {
        deleteUnreferenced(dataFolder.resolve(name.replace('.', '/')).resolve(METADATA), metadata);
    }

    /** Deletes metadata and rows to which the metadata in the catalog does not lead. */
    static void deleteUnreferenced(Path dataFolder, String name, String metadata) throws IOException {
        deleteUnreferenced(dataFolder.resolve(name.replace('.', '/')), metadata);
    }

    private static void deleteUnreferenced(Path folder, String metadata) throws IOException {
        Set<Path> needed = files(metadata).stream().map(LocalStorage::file).collect(Collectors.toSet());
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                if (Files.isRegularFile(entry) && !needed.contains(data(entry)) && !TableDigests.isList(entry)) {
                    Files.delete(entry);
                } else if (Files.isDirectory(entry) && isEmpty(entry)) {
                    Files.delete(entry);
                }
            }
        }
    }

    /**
     * The same table in format 2. Manifest lists of snapshots older than an upgrade are rewritten in it: format 3
     * requires a first row id, which these snapshots lack.
     */
    private TableMetadata beforeRowIds(ObjectNode json) {
        return TableMetadataParser.fromJson(
                oldMetadata, json.deepCopy().put("format-version", 2).toString());
    }

    private Map<Long, String> rewriteLists(TableMetadata metadata, TableMetadata beforeRowIds, Path from)
            throws IOException {
        FileIO io = new RelocatedFileIO(from, folder);
        Path beside = folder.resolve(METADATA).resolve("relocated-" + UUID.randomUUID());
        Map<String, ManifestFile> manifests = new LinkedHashMap<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            snapshot.allManifests(io).forEach(manifest -> manifests.put(manifest.path(), manifest));
        }
        Map<String, Long> lengths = new HashMap<>();
        for (ManifestFile manifest : manifests.values()) {
            lengths.put(manifest.path(), rewriteManifest(manifest, metadata, io, from, beside));
        }
        Map<Long, String> lists = new HashMap<>();
        for (Snapshot snapshot : metadata.snapshots()) {
            List<ManifestFile> own = snapshot.allManifests(io);
            String scheme =
                    TableFolders.scheme(own.isEmpty() ? oldMetadata : own.get(0).path());
            String list = TableFolders.scheme(snapshot.manifestListLocation())
                    + beside.resolve(RewriteTablePathUtil.fileName(snapshot.manifestListLocation()));
            RewriteTablePathUtil.rewriteManifestList(
                    snapshot,
                    io,
                    snapshot.firstRowId() == null ? beforeRowIds : metadata,
                    lengths,
                    scheme + from.resolve(METADATA),
                    scheme + beside,
                    scheme + beside,
                    list);
            lists.put(snapshot.snapshotId(), list);
        }
        return lists;
    }

    /**
     * Rewrites a manifest and returns its length. Paths keep their original scheme, since Iceberg treats the two
     * spellings as different files.
     */
    private long rewriteManifest(ManifestFile manifest, TableMetadata metadata, FileIO io, Path from, Path beside)
            throws IOException {
        // The path in the rewritten list; after an earlier relocation, the manifest is in the folder of that
        // relocation.
        Path below = from.resolve(METADATA).relativize(LocalStorage.file(manifest.path()));
        String target = TableFolders.scheme(manifest.path()) + beside.resolve(below);
        OutputFile output = io.newOutputFile(target);
        String scheme = schemeOfFiles(manifest, metadata, io);
        if (manifest.content() == ManifestContent.DATA) {
            RewriteTablePathUtil.rewriteDataManifest(
                    manifest,
                    Collections.emptySet(),
                    output,
                    io,
                    metadata.formatVersion(),
                    metadata.specsById(),
                    scheme + from,
                    scheme + folder);
        } else {
            RewriteTablePathUtil.rewriteDeleteManifest(
                    manifest,
                    Collections.emptySet(),
                    output,
                    io,
                    metadata.formatVersion(),
                    metadata.specsById(),
                    scheme + from,
                    scheme + folder,
                    scheme + beside,
                    Map.of());
        }
        return io.newInputFile(target).getLength();
    }

    /**
     * How the scheme of the files in a manifest is written. Rejects positional delete files, whose rows contain paths.
     * The warehouse writes deletion vectors, whose data file is named only in the manifest.
     */
    private String schemeOfFiles(ManifestFile manifest, TableMetadata metadata, FileIO io) throws IOException {
        String scheme = TableFolders.scheme(manifest.path());
        try (CloseableIterable<? extends ContentFile<?>> files = content(manifest, metadata, io)) {
            for (ContentFile<?> file : files) {
                if (file.content() == FileContent.POSITION_DELETES && file.format() != FileFormat.PUFFIN) {
                    throw refused("it has positional delete files, which this version of fpw does not write "
                            + "and cannot relocate; use the version of fpw that wrote it");
                }
                scheme = TableFolders.scheme(file.location());
            }
        }
        return scheme;
    }

    private static CloseableIterable<? extends ContentFile<?>> content(
            ManifestFile manifest, TableMetadata metadata, FileIO io) {
        return manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, io, metadata.specsById())
                : ManifestFiles.readDeleteManifest(manifest, io, metadata.specsById());
    }

    private void requireFiles(Set<String> locations) {
        for (String location : locations) {
            Path file = LocalStorage.file(location);
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                throw refused(file + " is missing; restore database and folder from the same backup");
            }
        }
    }

    /** All files that a metadata file refers to, including itself. */
    static Set<String> files(String metadataLocation) throws IOException {
        try (HadoopFileIO io = new HadoopFileIO(WarehouseFileSystem.configuration())) {
            TableMetadata metadata = TableMetadataParser.read(io, metadataLocation);
            Set<String> files = new HashSet<>(Set.of(metadataLocation));
            Map<String, ManifestFile> manifests = new HashMap<>();
            for (Snapshot snapshot : metadata.snapshots()) {
                files.add(snapshot.manifestListLocation());
                snapshot.allManifests(io).forEach(manifest -> manifests.put(manifest.path(), manifest));
            }
            for (ManifestFile manifest : manifests.values()) {
                files.add(manifest.path());
                try (CloseableIterable<? extends ContentFile<?>> content = content(manifest, metadata, io)) {
                    content.forEach(file -> files.add(file.location()));
                }
            }
            return files;
        }
    }

    /** For a checksum file ({@code .name.crc}) the file it belongs to, otherwise the file itself. */
    private static Path data(Path file) {
        String fileName = file.getFileName().toString();
        return fileName.startsWith(".") && fileName.endsWith(".crc")
                ? file.resolveSibling(fileName.substring(1, fileName.length() - ".crc".length()))
                : file;
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    private FpwException refused(String problem) {
        return FpwException.configuration(name + " cannot be relocated: " + problem + ". The warehouse is unchanged");
    }
}
