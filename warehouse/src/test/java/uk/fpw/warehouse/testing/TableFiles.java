package uk.fpw.warehouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.CloseableIterable;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.LocalStorage;

/** The files of all tables of a warehouse, as Iceberg names them. */
public final class TableFiles {

    private static final Pattern MOMENT = Pattern.compile("\"(timestamp-ms|last-updated-ms)\":(\\d+)");

    private TableFiles() {}

    /**
     * All files named by the snapshots and the metadata of a table: data files, deletion vectors, manifests, manifest
     * lists, present and earlier metadata; and the list of their digests.
     */
    public static Set<Path> named(WarehouseCatalog catalog) {
        Set<Path> named = new HashSet<>();
        eachTable(catalog, WarehouseCatalog.NAMESPACES, table -> {
            TableMetadata metadata = ((HasTableOperations) table).operations().current();
            add(metadata.metadataFileLocation(), named);
            try {
                named.addAll(TableDigests.find(LocalStorage.file(table.location())));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            metadata.previousFiles().forEach(entry -> add(entry.file(), named));
            metadata.statisticsFiles().stream().map(StatisticsFile::path).forEach(path -> add(path, named));
            Set<ManifestFile> manifests = new HashSet<>();
            for (Snapshot snapshot : metadata.snapshots()) {
                add(snapshot.manifestListLocation(), named);
                manifests.addAll(snapshot.allManifests(table.io()));
            }
            manifests.forEach(manifest -> addContent(table, manifest, named));
        });
        return named;
    }

    private static void addContent(Table table, ManifestFile manifest, Set<Path> named) {
        add(manifest.path(), named);
        try (CloseableIterable<? extends ContentFile<?>> content = manifest.content() == ManifestContent.DATA
                ? ManifestFiles.read(manifest, table.io(), table.specs())
                : ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
            content.forEach(file -> add(file.location(), named));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void add(String location, Set<Path> named) {
        named.add(LocalStorage.file(location));
    }

    /**
     * Limits the timestamps of all commits and files to a given time, as if they had been made by then, because Iceberg
     * and file systems use the machine's clock.
     */
    public static void date(WarehouseCatalog catalog, List<String> namespaces, Instant latest) {
        eachTable(catalog, namespaces, table -> {
            TableMetadata metadata = ((HasTableOperations) table).operations().current();
            if (metadata.lastUpdatedMillis() > latest.toEpochMilli()) {
                String json = MOMENT.matcher(TableMetadataParser.toJson(metadata))
                        .replaceAll(found -> "\"" + found.group(1) + "\":"
                                + Math.min(Long.parseLong(found.group(2)), latest.toEpochMilli()));
                TableMetadataParser.overwrite(
                        TableMetadataParser.fromJson(json), table.io().newOutputFile(metadata.metadataFileLocation()));
            }
        });
        FileTime time = FileTime.from(latest);
        // Except the embedded database, which checks its own timestamp.
        try (Stream<Path> files = Files.walk(catalog.warehouse())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !catalog.warehouse().equals(file.getParent()))
                    .toList()) {
                if (Files.getLastModifiedTime(file).compareTo(time) > 0) {
                    Files.setLastModifiedTime(file, time);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void eachTable(WarehouseCatalog catalog, List<String> namespaces, Consumer<Table> work) {
        for (String namespace : namespaces) {
            catalog.tables(namespace).forEach(name -> work.accept(catalog.load(namespace + "." + name)));
        }
    }
}
