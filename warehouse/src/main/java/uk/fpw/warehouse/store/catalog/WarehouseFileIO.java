package uk.fpw.warehouse.store.catalog;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.InputFile;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;
import uk.fpw.warehouse.store.identity.TableFolders;

/**
 * Files of tables. Metadata that are damaged are reported as files that are not there are: the only failure after which
 * Iceberg does not read them again, twenty times in a minute and a half, in the hope of another content. Made by
 * Iceberg, by its name.
 */
public final class WarehouseFileIO extends HadoopFileIO {

    private static final long serialVersionUID = 1L;

    @Override
    public InputFile newInputFile(String location) {
        if (location.endsWith(".metadata.json") && !isWhole(location)) {
            WrittenFile.Comparison found = Damage.compare(TableFolders.file(location));
            if (found != null && found.isDamaged()) {
                throw new NotFoundException("%s", found.describe());
            }
        }
        return super.newInputFile(location);
    }

    /** Whether this process has compared it; if not, a closer look says why. */
    private boolean isWhole(String location) {
        Path path = new Path(location);
        try {
            return path.getFileSystem(getConf()) instanceof WarehouseFileSystem files && files.isWhole(path);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
