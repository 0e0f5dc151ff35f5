package uk.fpw.warehouse.store.files;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import uk.fpw.warehouse.testing.SyncedFiles;

/** The file system of the warehouse, recording what it syncs. */
public final class RecordingFileSystem extends WarehouseFileSystem {

    /** Instantiated by Hadoop by class name. */
    public RecordingFileSystem() {
        super(SyncedFiles::sync);
    }

    /**
     * Makes Hadoop use this file system for all files opened from now on, until {@link #uninstall}; Hadoop caches one
     * per process.
     */
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
