package uk.fpw.warehouse.store.catalog;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.InputFile;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * File access for tables. Damaged metadata is reported as missing, because any other failure makes Iceberg reread the
 * file twenty times within a minute and a half. Instantiated by Iceberg by class name.
 */
public final class WarehouseFileIO extends HadoopFileIO {

    private static final long serialVersionUID = 1L;

    /** Keeps no setting of the catalog's database: what a table's files need is sent to every executor. */
    @Override
    public void initialize(Map<String, String> properties) {
        Map<String, String> ofFiles = new HashMap<>(properties);
        ofFiles.keySet().removeIf(name -> name.equals("uri") || name.startsWith("jdbc."));
        super.initialize(ofFiles);
    }

    @Override
    public InputFile newInputFile(String location) {
        if (location.endsWith(".metadata.json") && !isWhole(location)) {
            WrittenFile.Comparison found = Damage.compare(LocalStorage.file(location));
            if (found != null && found.isDamaged()) {
                throw new NotFoundException("%s", found.describe());
            }
        }
        return super.newInputFile(location);
    }

    /** Whether the file is undamaged; the caller finds out the details if not. */
    private boolean isWhole(String location) {
        Path path = new Path(location);
        try {
            return path.getFileSystem(getConf()) instanceof WarehouseFileSystem files && files.isWhole(path);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
