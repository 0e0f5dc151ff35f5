package uk.fpw.warehouse.failure;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a full disk as the cause of a failure. Libraries wrap it in many kinds of exceptions, and an embedded
 * database that could not write later reports only that it is closed.
 */
public final class DiskFull {

    private static final List<String> MESSAGES =
            List.of("No space left on device", "Disk quota exceeded", "There is not enough space on the disk");

    /** A volume with less free space counts as full. */
    private static final long FULL_BYTES = 4L << 20;

    private static final long MEBIBYTE = 1L << 20;

    private DiskFull() {}

    /**
     * The failure restated as a full disk, if that is the cause.
     *
     * @param warehouse folder of the warehouse, which need not exist
     * @return null if the failure has another cause
     */
    public static @Nullable FpwException causeOf(Throwable failure, Path warehouse) {
        boolean isReported = isReportedBy(failure);
        if (!isReported && freeBytes(warehouse) >= FULL_BYTES) {
            return null;
        }
        return full(warehouse, failure);
    }

    private static FpwException full(Path warehouse, @Nullable Throwable failure) {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        return FpwException.unavailable(
                "a disk is full: free space for the warehouse " + warehouse + " is " + text(freeBytes(warehouse))
                        + ", for temporary files in " + scratch + " " + text(freeBytes(scratch))
                        + ". Free some space or enlarge the volume, then run again: nothing was left incomplete",
                failure);
    }

    /**
     * Fails if there is no room for temporary files: libraries that unpack themselves there would fail with
     * unintelligible errors.
     *
     * @param warehouse as above
     */
    public static void requireScratch(Path warehouse) {
        Path scratch = Path.of(System.getProperty("java.io.tmpdir"));
        if (freeBytes(scratch) < 2 * FULL_BYTES) {
            throw full(warehouse, null);
        }
    }

    private static boolean isReportedBy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isNamedBy(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the error message of any library says that a disk is full. */
    public static boolean isNamedBy(String message) {
        return MESSAGES.stream().anyMatch(message::contains);
    }

    /** Bytes that this process can still write; the maximum if unknown. */
    private static long freeBytes(Path folder) {
        for (Path place = folder; place != null; place = place.getParent()) {
            if (Files.isDirectory(place)) {
                try {
                    FileStore store = Files.getFileStore(place);
                    return store.getUsableSpace();
                } catch (IOException unknown) {
                    return Long.MAX_VALUE;
                }
            }
        }
        return Long.MAX_VALUE;
    }

    private static String text(long bytes) {
        return bytes == Long.MAX_VALUE ? "unknown" : bytes / MEBIBYTE + " MiB";
    }
}
