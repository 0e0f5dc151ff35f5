package uk.fpw.nightly.run.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.TrustedDatabases;

/**
 * Lets one process at a time create the file of an embedded database, or create or upgrade its tables. H2 commits each
 * statement of a migration separately, so two processes that create the tables at the same time, such as the first
 * loads of a new force under Airflow, would interfere with each other. The operating system releases the lock of a
 * killed process immediately.
 */
final class EmbeddedDatabaseLock {

    /** How long the others may take. An upgrade first copies the database. */
    static final Duration TIMEOUT = Duration.ofMinutes(2);

    private static final long BETWEEN_ATTEMPTS_MILLIS = 50;

    private EmbeddedDatabaseLock() {}

    /**
     * Waits for the lock, and does the work.
     *
     * @param database the database's file, which need not exist yet
     * @throws FpwException with {@code LOCK_HELD} if others take longer than the timeout, with {@code CONFIGURATION} if
     *     the folder of trusted databases cannot be used
     */
    static <T> T withLock(Path database, Duration timeout, Supplier<T> work) {
        try (FileChannel channel = open(database)) {
            long began = System.nanoTime();
            while (lock(channel) == null) {
                if (System.nanoTime() - began >= timeout.toNanos()) {
                    throw new FpwException(
                            ExitCode.LOCK_HELD,
                            "other processes have been creating or upgrading the tables of the database " + database
                                    + " for " + timeout.toSeconds() + " s" + EmbeddedDatabaseOpener.holders(database)
                                    + ". Run again when they have ended; if one is suspended, "
                                    + "resume it (kill -CONT PID) or end it");
                }
                Thread.sleep(BETWEEN_ATTEMPTS_MILLIS);
            }
            return work.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw FpwException.unavailable("interrupted while waiting for the database " + database);
        } catch (IOException unusable) {
            throw unusable(database, unusable);
        }
    }

    /** The same for work without a result. */
    static void run(Path database, Duration timeout, Runnable work) {
        withLock(database, timeout, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    private static FileChannel open(Path database) {
        Path file = TrustedDatabases.ofThisUser().lockFile(database);
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException unusable) {
            throw unusable(file, unusable);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static FpwException unusable(Path file, IOException failed) {
        return FpwException.configuration(
                file + " cannot be locked (" + failed + "); set " + TrustedDatabases.FOLDER_VARIABLE
                        + " to a folder of this user on a file system that supports locks, the same for every command",
                failed);
    }
}
