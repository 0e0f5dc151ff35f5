package uk.fpw.publish.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.InputFile;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.model.Csv;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.EmptyTable;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/**
 * Plain Parquet for tools without Iceberg support: {@code exports/<release_id>/<table>.parquet}, one file per mart,
 * or a folder of parts if a mart has several files or also shows rows of earlier releases. A mart without rows has a
 * file with its columns. Restricted marts are not exported; the manifest lists them. An export is complete or absent;
 * {@code exports/current} is a symbolic link to that of the current release.
 */
public final class Exports {

    /** An export, or what a killed attempt left while it wrote or replaced one. */
    private static final Pattern OURS = Pattern.compile("[.]?[0-9]{4}-[0-9]{2}-[0-9]{2}[.][0-9]+([.]tmp([.]old)?)?");

    private final WarehouseFolder warehouse;
    private final Path folder;
    private final List<Model> marts;
    private final ReleaseSnapshots snapshots;

    /** Exports of the marts of a warehouse, from the snapshots of a release. */
    public Exports(Path warehouse, List<Model> marts, ReleaseSnapshots snapshots) {
        this.warehouse = new WarehouseFolder(warehouse);
        this.folder = this.warehouse.exports();
        this.marts = marts;
        this.snapshots = snapshots;
    }

    /** The folder of the warehouse. */
    public Path warehouse() {
        return warehouse.path();
    }

    /** Verifies the files of the marts of a release, see {@link ReleaseSnapshots#requireWhole}. */
    public void requireWhole(ReleaseId releaseId) {
        snapshots.requireWhole(releaseId, marts.stream().map(Model::table).toList());
    }

    /** Writes the export of a release, replacing an existing one. Copies every file; returns the folder. */
    public Path write(Release release) {
        return write(release, null);
    }

    /**
     * As {@link #write(Release)}, but files that the export of an earlier release contains too are hard-linked, not
     * copied.
     *
     * @param earlier a release with an export; null for none
     */
    public Path write(Release release, @Nullable ReleaseId earlier) {
        Path temporary = folder.resolve("." + release.releaseId() + ".tmp");
        Path target = warehouse.export(release.releaseId());
        try {
            delete(temporary);
            DurableFiles.createDirectories(temporary);
            List<ExportContents.Table> tables = new ArrayList<>();
            List<Model> restricted = new ArrayList<>();
            for (Model mart : marts) {
                Release.Table version = release.table(mart.table());
                if (version == null) {
                    continue; // a release of an earlier version, which did not have it
                }
                if (mart.access() == Model.Access.RESTRICTED) {
                    restricted.add(mart);
                } else {
                    tables.add(new ExportContents.Table(
                            mart, version.rowCount(), files(mart, version, temporary, earlier)));
                }
            }
            ExportContents contents = new ExportContents(release, tables, restricted);
            Files.write(temporary.resolve("manifest.json"), contents.manifest());
            Files.writeString(temporary.resolve("README.md"), contents.readme());
            replace(target, temporary);
            return target;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + target + ": " + failed.getMessage(), failed);
        }
    }

    /**
     * Writes one CSV file per mart that is not restricted; returns the folder. Rows are sorted as text, and so by
     * their keys.
     */
    public Path writeCsv(Release release, Path into) {
        try {
            Files.createDirectories(into);
            for (Model mart : marts) {
                Release.Table version = release.table(mart.table());
                if (version != null && mart.access() != Model.Access.RESTRICTED) {
                    writeCsv(mart, release, version, into.resolve(mart.name() + ".csv"));
                }
            }
            return into;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + into + ": " + failed.getMessage(), failed);
        }
    }

    /**
     * Writes an Excel workbook, see {@link WorkbookExport}; returns the file.
     *
     * @param into created if it does not exist
     */
    public Path writeWorkbook(Release release, Force.Identity force, Path into) {
        try {
            Files.createDirectories(into);
            return new WorkbookExport(marts, snapshots, WorkbookExport.MAX_ROWS).write(release, force, into);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write a workbook to " + into + ": " + failed.getMessage(), failed);
        }
    }

    private void writeCsv(Model mart, Release release, Release.Table version, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        try (CloseableIterable<Record> rows = snapshots.rows(release, version)) {
            for (Record row : rows) {
                List<@Nullable Object> values = new ArrayList<>();
                mart.columns().forEach(column -> values.add(row.getField(column.name())));
                lines.add(Csv.line(values));
            }
        }
        Collections.sort(lines);
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try (BufferedWriter out = Files.newBufferedWriter(temporary)) {
            out.write(Csv.BYTE_ORDER_MARK);
            out.write(Csv.line(mart.columns().stream().map(Model.Column::name).toList()));
            for (String line : lines) {
                out.write(line);
            }
        }
        DurableFiles.move(temporary, file);
    }

    /** Links {@code exports/current} to the export of a release, atomically: readers find the old or the new one. */
    public void pointAt(ReleaseId releaseId) {
        Path link = warehouse.currentExport();
        Path temporary = link.resolveSibling("." + link.getFileName() + ".tmp");
        try {
            Files.deleteIfExists(temporary);
            Files.createSymbolicLink(temporary, Path.of(releaseId.value()));
            DurableFiles.move(temporary, link);
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "cannot link " + link + " to " + releaseId + ": " + failed.getMessage(), failed);
        }
    }

    /** The release whose export is linked; null if none is. */
    @Nullable
    public ReleaseId pointed() {
        Path link = warehouse.currentExport();
        try {
            return Files.isSymbolicLink(link)
                    ? ReleaseId.parse(Files.readSymbolicLink(link).getFileName().toString())
                    : null;
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + link, failed);
        }
    }

    /** Removes the link, when there is no current release. */
    public void removeLink() {
        try {
            Files.deleteIfExists(warehouse.currentExport());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + warehouse.currentExport(), failed);
        }
    }

    /** Whether the export of a release is there. */
    public boolean holds(ReleaseId releaseId) {
        return Files.isDirectory(warehouse.export(releaseId));
    }

    /** Deletes exports of deleted releases and leftovers of killed attempts, but no files of users. */
    public void keepOnly(Collection<ReleaseId> releaseIds) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                ReleaseId id = ReleaseId.parse(name);
                if (OURS.matcher(name).matches() && (id == null || !releaseIds.contains(id))) {
                    delete(entry);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete old exports in " + folder, failed);
        }
    }

    /** Makes the files of a mart, one without rows if it has none; returns their paths relative to the export. */
    private List<String> files(Model mart, Release.Table version, Path into, @Nullable ReleaseId earlier)
            throws IOException {
        boolean isFolder = Models.history().contains(mart.table());
        if (snapshots.files(version).isEmpty()) {
            String name = isFolder ? mart.name() + "/no-rows.parquet" : mart.name() + ".parquet";
            Path target = into.resolve(name);
            Files.createDirectories(target.getParent());
            EmptyTable.write(mart, target);
            return List.of(name);
        }
        return isFolder ? link(mart, version, into, earlier) : copy(mart, version, into);
    }

    /** Copies the files of a mart; returns their paths relative to the export. */
    private List<String> copy(Model mart, Release.Table version, Path into) throws IOException {
        List<InputFile> files = snapshots.files(version);
        List<String> names = new ArrayList<>();
        for (InputFile file : files) {
            String name = files.size() == 1
                    ? mart.name() + ".parquet"
                    : String.format(Locale.ROOT, "%s/part-%05d.parquet", mart.name(), names.size() + 1);
            Path target = into.resolve(name);
            Files.createDirectories(target.getParent());
            try (InputStream in = file.newStream()) {
                Files.copy(in, target);
            }
            names.add(name);
        }
        return names;
    }

    /**
     * Hard-links the files that an earlier export has too, under their names in the warehouse. A file that differs
     * from the warehouse's, because it was damaged or edited, is not reused.
     */
    private List<String> link(Model mart, Release.Table version, Path into, @Nullable ReleaseId earlier)
            throws IOException {
        List<String> names = new ArrayList<>();
        for (InputFile file : snapshots.files(version)) {
            String name =
                    mart.name() + file.location().substring(file.location().lastIndexOf('/'));
            Path target = into.resolve(name);
            Path before = earlier == null ? target : warehouse.export(earlier).resolve(name);
            Files.createDirectories(target.getParent());
            if (Files.isRegularFile(before) && Files.mismatch(before, snapshots.local(file)) < 0) {
                try {
                    Files.createLink(target, before);
                } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
                    Files.copy(before, target);
                }
            } else {
                try (InputStream in = file.newStream()) {
                    Files.copy(in, target);
                }
            }
            names.add(name);
        }
        return names;
    }

    /** Two renames: readers miss a replaced export for a moment at most. */
    private void replace(Path target, Path temporary) throws IOException {
        Path old = folder.resolve(temporary.getFileName() + ".old");
        delete(old);
        if (Files.exists(target)) {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        }
        DurableFiles.move(temporary, target);
        delete(old);
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
