package uk.fpw.warehouse.store.load.current;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.RowPositions;

/** The files with the current rows of a feed, for readers of plain Parquet that do not support deletion vectors. */
public final class CurrentFiles {

    private final WarehouseCatalog catalog;

    public CurrentFiles(WarehouseCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The absolute paths of the files; empty if the feed was never loaded.
     *
     * @param superseded file to write with the rows that are not current: file path and 0-based row position, separated
     *     by a tab
     * @throws uk.fpw.warehouse.failure.FpwException with {@code UNAVAILABLE} if the table cannot be read
     */
    public List<String> write(String feed, Path superseded) {
        Table table = catalog.find(WarehouseCatalog.RAW + "." + feed);
        List<String> files = new ArrayList<>();
        try (BufferedWriter rows = Files.newBufferedWriter(superseded)) {
            if (table == null || !CurrentBranch.exists(table)) {
                return files;
            }
            List<FileScanTask> tasks = read(table);
            List<Path> local = catalog.storage()
                    .local(tasks.stream().map(task -> task.file().location()).toList());
            for (int index = 0; index < tasks.size(); index++) {
                String path = local.get(index).toString();
                files.add(path);
                PositionDeleteIndex dead = RowPositions.deletions(table, tasks.get(index));
                if (dead != null) {
                    dead.forEach(position -> write(rows, path + "\t" + position + "\n"));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(superseded + " cannot be written", failed);
        }
        return files;
    }

    private static List<FileScanTask> read(Table table) {
        try {
            return RowPositions.files(
                    table.newScan().useSnapshot(CurrentBranch.head(table).snapshotId()));
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    private static void write(BufferedWriter rows, String line) {
        try {
            rows.write(line);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
