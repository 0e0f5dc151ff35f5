package uk.fpw.warehouse.failure;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.EmbeddedDatabase;

/**
 * Recognises failures caused by the machine: a full, read-only or failing disk, too little memory, too many open files,
 * a database or an object store that does not respond. The user can fix these, and they are not bugs.
 */
public final class Exhaustion {

    private static final int H2_OUT_OF_MEMORY = 90108;

    /** Messages of the operating system for a local or network disk that has failed. */
    private static final List<String> DISK_FAILED =
            List.of("Input/output error", "Stale file handle", "Structure needs cleaning");

    private static final long MEBIBYTE = 1L << 20;

    private Exhaustion() {}

    /**
     * The failure restated, if the machine is the cause.
     *
     * @param folder the warehouse, which need not exist; if its disk is full, that is taken as the cause of any failure
     * @return null if the failure has another cause
     */
    public static @Nullable FpwException causeOf(Throwable failed, Path folder) {
        FpwException own = ofThisProcess(failed);
        if (own != null) {
            return own;
        }
        String readOnly = messageWith(failed, "Read-only file system");
        if (readOnly != null) {
            return FpwException.unavailable(
                    "a disk is read-only: " + readOnly + ". Commands that read work; make it writable, then run again",
                    failed);
        }
        for (String words : DISK_FAILED) {
            String message = messageWith(failed, words);
            if (message != null) {
                return FpwException.unavailable(
                        "a disk failed: " + message + ". Check it, or the network it is on; the system log has "
                                + "details. Then run again",
                        failed);
            }
        }
        FpwException full = DiskFull.causeOf(failed, folder);
        FpwException database = full != null ? full : DatabaseErrors.unavailable(failed);
        return database != null ? database : ObjectStoreErrors.unavailable(failed);
    }

    /**
     * Describes a failure that has undone nothing, such as one after a release: the cause in the machine if there is
     * one, otherwise the failure's own message.
     *
     * @param folder as above
     */
    public static String describe(Throwable failed, Path folder) {
        FpwException machine = causeOf(failed, folder);
        return String.valueOf((machine == null ? failed : machine).getMessage());
    }

    /** The failure restated, if the cause is memory or open files. Does not need to know a warehouse. */
    public static @Nullable FpwException ofThisProcess(Throwable failed) {
        if (isOutOfMemory(failed)) {
            return FpwException.configuration(
                    "this program ran out of memory (heap of "
                            + Runtime.getRuntime().maxMemory() / MEBIBYTE
                            + " MiB). Nothing was left incomplete. Give it more, such as "
                            + "FPW_JAVA_OPTS=-Xmx1g, then run again",
                    failed);
        }
        if (messageWith(failed, "Too many open files") != null) {
            return FpwException.configuration(
                    "this program has too many open files. Nothing was left incomplete. Raise the limit (ulimit -n "
                            + "4096; for a service LimitNOFILE=4096), then run again",
                    failed);
        }
        return null;
    }

    private static boolean isOutOfMemory(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError
                    || (cause instanceof SQLException database && database.getErrorCode() == H2_OUT_OF_MEMORY)
                    || String.valueOf(cause.getMessage()).contains("java.lang.OutOfMemoryError")) {
                return true;
            }
        }
        return false;
    }

    /**
     * The first line of the innermost message with these words; if it names no file, preceded by the innermost message
     * that does. Null if there is none.
     */
    private static @Nullable String messageWith(Throwable failed, String words) {
        String found = null;
        String file = null;
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            String message =
                    String.valueOf(cause.getMessage()).split("\\R", 2)[0].replace(EmbeddedDatabase.ORDERED, "");
            boolean namesFile = (" " + message).contains(" /");
            found = message.contains(words) ? message : found;
            file = namesFile ? message : file;
        }
        if (found == null || file == null) {
            return found;
        }
        return file.contains(found) ? file : file + ": " + found;
    }
}
