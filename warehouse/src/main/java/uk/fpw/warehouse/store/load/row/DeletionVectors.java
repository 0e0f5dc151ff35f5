package uk.fpw.warehouse.store.load.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.RowDelta;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.OutputFileFactory;
import org.jspecify.annotations.Nullable;

/**
 * Rows of data files that one commit marks as deleted, in addition to those already marked. A file with all rows marked
 * is removed from the branch instead.
 */
public final class DeletionVectors {

    private final Table table;
    private final Map<String, FileScanTask> files = new HashMap<>();
    private final BegunFiles begun;
    private final BaseDVFileWriter writer;
    private final List<DataFile> emptied = new ArrayList<>();
    private final List<DeleteFile> added = new ArrayList<>();
    private final List<DeleteFile> replaced = new ArrayList<>();
    private boolean isFinished;

    /**
     * Starts without marked rows.
     *
     * @param operation part of the file name
     */
    public DeletionVectors(Table table, String operation) {
        this.table = table;
        this.begun = new BegunFiles(table.io());
        OutputFileFactory output = OutputFileFactory.builderFor(table, 0, 0)
                .format(FileFormat.PUFFIN)
                .ioSupplier(() -> begun)
                .operationId(operation + "-" + UUID.randomUUID())
                .build();
        this.writer = new BaseDVFileWriter(output, this::markedBefore);
    }

    /** Marks a row; idempotent. */
    public void mark(FileScanTask file, long position) {
        String location = file.file().location();
        files.put(location, file);
        writer.delete(location, position, file.spec(), file.file().partition());
    }

    /** Writes the vectors. On failure deletes the files written so far, as far as possible. */
    public void finish() throws IOException {
        try {
            writer.close();
        } catch (IOException | RuntimeException failed) {
            RowFiles.delete(table, begun.locations);
            throw failed;
        }
        DeleteWriteResult written = writer.result();
        Set<String> needless = new LinkedHashSet<>();
        for (DeleteFile vector : written.deleteFiles()) {
            FileScanTask file = files.get(String.valueOf(vector.referencedDataFile()));
            if (file != null && file.file().recordCount() == vector.recordCount()) {
                emptied.add(file.file());
                needless.add(vector.location());
            } else {
                added.add(vector);
            }
        }
        replaced.addAll(written.rewrittenDeleteFiles());
        needless.removeAll(written());
        RowFiles.delete(table, needless);
        isFinished = true;
    }

    /** Adds the marked rows to a commit, whose files must be those of the branch's head. */
    public void addTo(RowDelta delta) {
        if (!isFinished) {
            throw new IllegalStateException("the vectors are not written yet");
        }
        emptied.forEach(delta::removeRows);
        added.forEach(delta::addDeletes);
        replaced.forEach(delta::removeDeletes);
        delta.validateDataFilesExist(added.stream()
                        .map(vector -> String.valueOf(vector.referencedDataFile()))
                        .toList())
                .validateDeletedFiles();
    }

    /** Locations of the files with the vectors. */
    public Set<String> written() {
        return added.stream().map(DeleteFile::location).collect(Collectors.toSet());
    }

    private @Nullable PositionDeleteIndex markedBefore(String location) {
        FileScanTask file = files.get(location);
        return file == null ? null : RowPositions.deletions(table, file);
    }

    /** Tracks files that were started, since the writer does not report incomplete files. */
    private static final class BegunFiles implements FileIO {

        private static final long serialVersionUID = 1L;

        private final FileIO files;
        private final ArrayList<String> locations = new ArrayList<>();

        BegunFiles(FileIO files) {
            this.files = files;
        }

        @Override
        public InputFile newInputFile(String location) {
            return files.newInputFile(location);
        }

        @Override
        public OutputFile newOutputFile(String location) {
            locations.add(location);
            return files.newOutputFile(location);
        }

        @Override
        public void deleteFile(String location) {
            files.deleteFile(location);
        }
    }
}
