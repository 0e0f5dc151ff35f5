package uk.fpw.warehouse.identity;

import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.hadoop.HadoopFileIO;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;

/**
 * Reads the files of a table by the paths that they had before its folder was moved, and writes to the folder where it is now. Whatever lies in neither is refused, so that nothing of
 * the first place is ever opened.
 */
final class MovedFiles implements FileIO {

    private static final long serialVersionUID = 1L;

    private final HadoopFileIO files = new HadoopFileIO(new Configuration());
    private final String from;
    private final String to;

    /**
     * Files of one table.
     *
     * @param from location of the table as its metadata has it
     * @param to location of the table now
     */
    MovedFiles(String from, String to) {
        this.from = from + "/";
        this.to = to + "/";
    }

    @Override
    public InputFile newInputFile(String path) {
        return files.newInputFile(present(path));
    }

    @Override
    public OutputFile newOutputFile(String path) {
        if (!path.startsWith(to)) {
            throw outside(path);
        }
        return files.newOutputFile(path);
    }

    @Override
    public void deleteFile(String path) {
        throw new UnsupportedOperationException("a relocation deletes nothing before its end: " + path);
    }

    private String present(String path) {
        if (path.startsWith(to)) {
            return path;
        }
        if (!path.startsWith(from)) {
            throw outside(path);
        }
        return to + path.substring(from.length());
    }

    private IllegalStateException outside(String path) {
        return new IllegalStateException(path + " is neither in " + from + ", where the table was, nor in " + to);
    }
}
