package uk.fpw.publish.export;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.model.Model;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/**
 * An Excel workbook of a release: the sheet {@code about} describes it, {@code columns} explains the columns, and
 * each mart has a sheet with its rows sorted by its grain. Left out are restricted marts, and marts with more rows
 * than a sheet can hold: users would add up one of several sheets as if it were the whole table.
 */
public final class WorkbookExport {

    /** Rows that fit on a sheet below its header. */
    static final long MAX_ROWS = 1_048_575;

    private static final int ROWS_IN_MEMORY = 20_000;

    private static final String ABOUT = "about";
    private static final String COLUMNS = "columns";

    private final List<Model> marts;
    private final ReleaseSnapshots snapshots;
    private final long maxRows;

    /** @param maxRows at most {@link #MAX_ROWS} */
    public WorkbookExport(List<Model> marts, ReleaseSnapshots snapshots, long maxRows) {
        this.marts = marts;
        this.snapshots = snapshots;
        this.maxRows = maxRows;
    }

    /** A mart and the name of its sheet; null if it has none. */
    private record Entry(
            Model mart, Release.Table version, @Nullable String sheet) {}

    /** Writes the workbook into a folder, replacing an existing one; the file is complete or absent. */
    public Path write(Release release, Force.Identity force, Path into) throws IOException {
        Path target = into.resolve(force.code() + "-" + release.releaseId() + ".xlsx");
        Path temporary = target.resolveSibling("." + target.getFileName() + ".tmp");
        Path unsized = target.resolveSibling("." + target.getFileName() + ".unsized");
        Path parts = Files.createTempDirectory(into, "." + target.getFileName() + ".rows");
        try {
            List<Entry> entries = entries(release);
            List<WorkbookSheet> sheets = new ArrayList<>();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unsized));
                    Workbook workbook = new Workbook(out, "fpw", null)) {
                workbook.setCompressionLevel(Deflater.BEST_SPEED); // this file is read once
                workbook.properties().setTitle(force.name() + ", release " + release.releaseId());
                workbook.properties().setCategory(WorkbookSheet.MARKING);
                sheets.add(about(workbook, release, force, entries));
                sheets.add(columns(workbook, entries));
                for (Entry entry : entries) {
                    if (entry.sheet() != null) {
                        sheets.add(table(workbook, release, entry, entry.sheet(), parts));
                    }
                }
            }
            size(unsized, sheets, temporary);
            DurableFiles.move(temporary, target);
            return target;
        } finally {
            Files.deleteIfExists(unsized);
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(parts);
        }
    }

    /** Copies a workbook with the sizes of its sheets, which are known only when all rows are written. */
    private static void size(Path workbook, List<WorkbookSheet> sheets, Path into) throws IOException {
        try (ZipFile parts = new ZipFile(workbook.toFile());
                ZipOutputStream copy = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(into)))) {
            for (ZipEntry part : Collections.list(parts.entries())) {
                copy.putNextEntry(new ZipEntry(part.getName()));
                try (InputStream content = parts.getInputStream(part)) {
                    WorkbookSheet.withSize(part.getName(), content, sheets).transferTo(copy);
                }
                copy.closeEntry();
            }
        }
    }

    private List<Entry> entries(Release release) {
        SheetNames names = new SheetNames(List.of(ABOUT, COLUMNS));
        List<Entry> entries = new ArrayList<>();
        for (Model mart : marts) {
            Release.Table version = release.table(mart.table());
            if (version != null) {
                boolean isIn = mart.access() != Model.Access.RESTRICTED && version.rowCount() <= maxRows;
                entries.add(new Entry(mart, version, isIn ? names.of(mart.name()) : null));
            }
        }
        return entries;
    }

    private WorkbookSheet about(Workbook workbook, Release release, Force.Identity force, List<Entry> entries)
            throws IOException {
        WorkbookSheet sheet = WorkbookSheet.add(workbook, ABOUT, List.of(32, 32, 12, 50, 100), 0);
        sheet.addHeader(List.of(WorkbookSheet.MARKING));
        sheet.add(List.of("force", force.name() + " (" + force.code() + ")"));
        sheet.add(List.of("release", release.releaseId().value()));
        sheet.add(List.of("business date", release.businessDate()));
        sheet.add(List.of("complete", complete(release)));
        sheet.add(List.of("software version", release.softwareVersion()));
        sheet.add(List.of("digest of the figures", release.digest()));
        sheet.add(List.of("empty cells", "An empty cell is null: not known or not applicable. It is never zero."));
        sheet.add(List.of(
                "adding up",
                "Rows with slice 'all' are totals; the rows of every other slice are parts of them: filter on one"
                        + " slice before adding anything up. The sheet 'columns' says what may be added."));
        sheet.add(List.of());
        sheet.addHeader(List.of("table", "sheet", "rows", "one row per", "description"));
        for (Entry entry : entries) {
            sheet.add(List.of(
                    entry.mart().name(),
                    entry.sheet() == null ? "none: " + whyLeftOut(entry) : entry.sheet(),
                    entry.version().rowCount(),
                    String.join(", ", entry.mart().grain()),
                    entry.mart().description()));
        }
        sheet.finish();
        return sheet;
    }

    private static String complete(Release release) {
        if (release.feeds().isEmpty()) {
            return "unknown: the release is older than the record of its feeds";
        }
        String missing = release.describeMissing();
        return Stream.concat(
                        Stream.of(missing.isEmpty() ? "yes, no feed is missing" : "no, missing: " + missing),
                        release.describeOlder().stream())
                .collect(Collectors.joining("; "));
    }

    private String whyLeftOut(Entry entry) {
        return entry.mart().access() == Model.Access.RESTRICTED
                ? "restricted, since its rows are about single cases or people"
                : "more than the " + maxRows + " rows of a sheet; use the Parquet or CSV export";
    }

    private static WorkbookSheet columns(Workbook workbook, List<Entry> entries) throws IOException {
        List<String> header = List.of("table", "column", "type", "unit", "additivity", "nullable", "description");
        WorkbookSheet sheet = WorkbookSheet.add(workbook, COLUMNS, List.of(28, 28, 10, 16, 16, 10, 120), 1);
        sheet.addHeader(header);
        for (Entry entry : entries) {
            if (entry.sheet() != null) {
                for (Model.Column column : entry.mart().columns()) {
                    sheet.add(List.of(
                            entry.mart().name(),
                            column.name(),
                            column.type().word(),
                            column.unit(),
                            column.add().word(),
                            entry.mart().mayBeNull(column),
                            column.description()));
                }
            }
        }
        sheet.finishWithFilter(header.size());
        return sheet;
    }

    private WorkbookSheet table(Workbook workbook, Release release, Entry entry, String name, Path parts)
            throws IOException {
        List<String> header = entry.mart().columnNames();
        List<Integer> keys = entry.mart().grain().stream().map(header::indexOf).toList();
        WorkbookSheet sheet = WorkbookSheet.add(workbook, name, Collections.nCopies(header.size(), 18), 1);
        sheet.addHeader(header);
        long written = 0;
        try (SortedRows sorted = new SortedRows(parts, keys, ROWS_IN_MEMORY)) {
            try (CloseableIterable<Record> rows = snapshots.rows(release, entry.version())) {
                for (Record row : rows) {
                    sorted.add(CellValues.of(entry.mart(), row));
                    written++;
                }
            }
            if (written != entry.version().rowCount()) {
                throw new IOException(entry.mart().table() + " has " + written + " rows, but the release says "
                        + entry.version().rowCount());
            }
            sorted.forEach(sheet::add);
        }
        sheet.finishWithFilter(header.size());
        return sheet;
    }
}
