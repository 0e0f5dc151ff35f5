package uk.fpw.warehouse.privacy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, checksums included, through which Iceberg and Spark write. What it writes is for owner
 * and group only. It sets these rights itself: without Hadoop's native library, which no installation has, Hadoop
 * starts a process {@code chmod} for each file, again for its checksum, and for each folder above it, several hundred
 * in a small run.
 */
public final class RestrictedLocalFileSystem extends LocalFileSystem {

    /** Hadoop's settings. It has its own umask, regardless of that of the process. */
    public static final Map<String, String> SETTINGS =
            Map.of("fs.permissions.umask-mode", "027", "fs.file.impl", RestrictedLocalFileSystem.class.getName());

    /** Made by Hadoop, by its name. */
    public RestrictedLocalFileSystem() {
        super(new Raw());
    }

    /**
     * Forgets file systems that were opened with other settings: Hadoop keeps one per process, regardless of the
     * settings of the next caller. {@code spark-submit} opens one to look at jars before the program begins.
     */
    public static void forgetOthers() throws IOException {
        FileSystem.closeAll();
    }

    /** The configuration of Hadoop for a process without Spark. */
    public static Configuration configuration() {
        return new Configuration(Defaults.CONFIGURATION);
    }

    /** Read once: Hadoop reads its files of defaults, some thousand lines, for every new configuration. */
    private static final class Defaults {
        static final Configuration CONFIGURATION = new Configuration();

        static {
            SETTINGS.forEach(CONFIGURATION::set);
        }
    }

    private static final class Raw extends RawLocalFileSystem {

        private static final String MODE = "unix:mode";
        private static final int RIGHTS = 0777;

        /** What a folder has from the one above it, such as its group (setgid); chmod keeps it too. */
        private static final int INHERITED = 07000;

        @Override
        public void setPermission(Path path, FsPermission permission) throws IOException {
            java.nio.file.Path file = pathToFile(path).toPath();
            try {
                int mode = (int) Files.getAttribute(file, MODE);
                Files.setAttribute(file, MODE, (mode & INHERITED) | (permission.toShort() & RIGHTS));
            } catch (UnsupportedOperationException | IllegalArgumentException otherFileSystem) {
                super.setPermission(path, permission);
            }
        }
    }
}
