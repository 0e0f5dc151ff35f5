package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import uk.fpw.warehouse.testing.SyncedFiles;

/** The file system of the warehouse, that records what it syncs. */
public final class RecordingFileSystem extends WarehouseFileSystem {

    /** Made by Hadoop, by its name. */
    public RecordingFileSystem() {
        super(SyncedFiles::sync);
    }

    /** Hadoop gives it to whoever opens a file from now on, until {@link #uninstall}: it keeps one per process. */
    public static void install() throws IOException {
        FileSystem.closeAll();
        Configuration configuration = WarehouseFileSystem.configuration();
        configuration.set("fs.file.impl", RecordingFileSystem.class.getName());
        FileSystem.get(URI.create("file:///"), configuration);
    }

    public static void uninstall() throws IOException {
        FileSystem.closeAll();
        SyncedFiles.begin(null);
    }
}
