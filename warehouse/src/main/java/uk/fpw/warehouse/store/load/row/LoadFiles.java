package uk.fpw.warehouse.store.load.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.files.TableStorage;

/**
 * The data files in {@code raw} with rows of certain loads only. {@link RowFiles} names them after the load, so they
 * can be found without reading them. Files of earlier versions may have other names.
 */
public record LoadFiles(Collection<String> loadIds) {

    private static final Pattern TASK = Pattern.compile("^.*/\\d+-\\d+-");

    /** Whether one of the loads wrote the file. */
    public boolean contain(FileScanTask file) {
        String name = TASK.matcher(file.file().location()).replaceFirst("");
        return loadIds.stream().anyMatch(loadId -> name.startsWith(loadId + "-"));
    }

    /** The files in a snapshot of main that are missing or damaged. */
    public List<DataFile> damaged(Table table, TableStorage storage, @Nullable Snapshot head) throws IOException {
        List<DataFile> damaged = new ArrayList<>();
        if (head == null) {
            return damaged;
        }
        for (FileScanTask file : RowPositions.files(table.newScan().useSnapshot(head.snapshotId()))) {
            if (contain(file)
                    && storage.isDamaged(file.file().location(), file.file().fileSizeInBytes())) {
                damaged.add(file.file());
            }
        }
        return damaged;
    }
}
