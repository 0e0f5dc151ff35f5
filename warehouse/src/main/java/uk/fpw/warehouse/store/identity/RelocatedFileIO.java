package uk.fpw.warehouse.store.identity;

import java.nio.file.Path;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.files.WarehouseFileSystem;

/**
 * Accesses the files of a table whose folder was moved by their original paths, and writes to the present folder. Other
 * paths are rejected, so that nothing in the original place is ever opened.
 */
final class RelocatedFileIO implements FileIO {

    private static final long serialVersionUID = 1L;

    private final HadoopFileIO files = new HadoopFileIO(WarehouseFileSystem.configuration());
    private final String from;
    private final String to;

    /**
     * The files of one table.
     *
     * @param from folder of the table in its metadata
     * @param to present folder of the table
     */
    RelocatedFileIO(Path from, Path to) {
        this.from = from.toString();
        this.to = to.toString();
    }

    @Override
    public InputFile newInputFile(String path) {
        return files.newInputFile(present(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        if (!LocalStorage.file(path).startsWith(to)) {
            throw outside(path);
        }
        return files.newOutputFile(path);
    }

    @Override
    public void deleteFile(String path) {
        throw new UnsupportedOperationException("a relocation deletes nothing until it has finished: " + path);
    }

    private String present(String path) {
        Path file = LocalStorage.file(path);
        if (file.startsWith(to)) {
            return path;
        }
        if (!file.startsWith(from)) {
            throw outside(path);
        }
        return TableFolders.scheme(path) + Path.of(to).resolve(Path.of(from).relativize(file));
    }

    private IllegalStateException outside(String path) {
        return new IllegalStateException(
                path + " is neither in " + from + ", the original place of the table, nor in " + to);
    }
}
