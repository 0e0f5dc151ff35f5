package uk.fpw.warehouse.store.load.row;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileWriterFactory;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes rows to data files of an unpartitioned table. Nothing refers to the files before a commit. */
public final class RowFiles {

    private static final Logger LOG = LoggerFactory.getLogger(RowFiles.class);
    /** Approximate size at which a file is closed. */
    public static final long TARGET_FILE_BYTES = 128L * 1024 * 1024;

    private final Table table;
    private final FileWriterFactory<StructLike> writers;
    private final OutputFileFactory files;
    private final List<DataFile> written = new ArrayList<>();
    private @Nullable RollingDataWriter<StructLike> writer;

    /**
     * Starts writing.
     *
     * @param operation part of the file names, together with a random id, since a killed process may have left files of
     *     the same operation behind
     */
    public RowFiles(Table table, String operation) {
        this.table = table;
        this.writers = new RowWriters(table);
        this.files = OutputFileFactory.builderFor(table, 0, 0)
                .defaultSpec(table.spec())
                .format(FileFormat.PARQUET)
                .operationId(operation + "-" + UUID.randomUUID())
                .build();
    }

    /** Writes a row with values in Iceberg's internal representation. */
    public void write(StructLike row) {
        RollingDataWriter<StructLike> open = writer;
        if (open == null) {
            open = new RollingDataWriter<>(writers, files, table.io(), TARGET_FILE_BYTES, table.spec(), null);
            writer = open;
        }
        open.write(row);
    }

    /** Closes and returns all files; empty if no row was written. */
    public List<DataFile> finish() {
        RollingDataWriter<StructLike> open = writer;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        table.name() + ": cannot write data files in " + table.location(), failed);
            }
            writer = null;
            written.addAll(open.result().dataFiles());
        }
        return List.copyOf(written);
    }

    /** Closes and deletes the files, as far as possible. */
    public void abandon() {
        try {
            delete(table, finish().stream().map(DataFile::location).toList());
        } catch (RuntimeException ignored) {
            LOG.warn(
                    "{}: data files of an abandoned attempt could not be deleted; no table uses them",
                    table.name(),
                    ignored);
        }
    }

    /** Deletes files that no snapshot refers to, as far as possible. */
    public static void delete(Table table, Collection<String> orphans) {
        for (String location : orphans) {
            try {
                table.io().deleteFile(location);
            } catch (RuntimeException ignored) {
                LOG.warn("{}: {} could not be deleted; no table uses it", table.name(), location, ignored);
            }
        }
    }
}
