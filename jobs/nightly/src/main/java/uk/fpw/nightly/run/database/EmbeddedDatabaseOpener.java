package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uk.fpw.warehouse.failure.DatabaseErrors;
import uk.fpw.warehouse.failure.DiskFull;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.failure.TimeLimit;

/**
 * Opens an embedded database that another process of this host may have open. The first process that opens it serves it
 * to the others (AUTO_SERVER). Two things can go wrong: the database is being opened or closed, which is temporary, or
 * the process that serves it does not respond, which may be permanent.
 */
final class EmbeddedDatabaseOpener {

    /** How long to wait while another process opens or closes the database. */
    static final Duration TRANSITION = Duration.ofSeconds(60);

    /** Timeout of the serving process. */
    static final Duration ANSWER = Duration.ofSeconds(30);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

    /**
     * Error codes if the process that served the database has ended: 90067: its connection broke; 90098 and 90121: it
     * was closing, or this process is ending.
     */
    private static final Set<Integer> ENDED = Set.of(90067, 90098, 90121);

    private EmbeddedDatabaseOpener() {}

    /**
     * Opens the pool.
     *
     * @param url the database's URL for messages
     * @throws FpwException with {@code LOCK_HELD} if another process kept opening or closing it, with
     *     {@code UNAVAILABLE} if the process that serves it does not respond or the disk is full
     * @throws PoolInitializationException if it cannot be opened for another reason
     */
    static HikariDataSource open(HikariConfig config, String url) {
        return open(config, url, TRANSITION, ANSWER);
    }

    static HikariDataSource open(HikariConfig config, String url, Duration transition, Duration answer) {
        Path file = EmbeddedDatabaseFile.of(config.getJdbcUrl());
        long began = System.nanoTime();
        while (true) {
            try {
                return TimeLimit.within(answer, () -> new HikariDataSource(config), () -> silent(url, file, answer));
            } catch (PoolInitializationException failed) {
                if (!isTransient(failed)) {
                    throw failed;
                }
                // H2 reports that its lock file was just written, even if there was no disk space to write it
                FpwException full = DiskFull.causeOf(failed, file.resolveSibling(""));
                if (full != null) {
                    throw full;
                }
                if (System.nanoTime() - began >= transition.toNanos()) {
                    throw new FpwException(
                            ExitCode.LOCK_HELD,
                            "another process has been opening or closing the database " + url + " for "
                                    + transition.toSeconds() + " s" + holders(file)
                                    + ". Run again when it has ended",
                            failed);
                }
                pause(failed);
            }
        }
    }

    /** The error if the process that serves the database does not respond. */
    private static FpwException silent(String url, Path file, Duration answer) {
        return FpwException.unavailable(
                "the database " + url + " is served by another process, which has not responded for "
                        + answer.toSeconds() + " s" + holders(file)
                        + ". It is suspended or overloaded: resume it (kill -CONT PID) or end it, then run again");
    }

    /** Whether another process is opening or closing the database, or has it open exclusively. */
    static boolean isTransient(Exception failed) {
        return DatabaseErrors.isOpenedElsewhere(failed);
    }

    /** Whether the process that served the database has ended, so that the request can be repeated. */
    static boolean hasServerEnded(Exception failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException database && ENDED.contains(database.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /** The other processes that have a file open, as far as this user can see them. */
    static String holders(Path file) {
        long self = ProcessHandle.current().pid();
        String pids = ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> pid != self && hasOpen(pid, file))
                .map(pid -> Long.toString(pid))
                .collect(Collectors.joining(", "));
        return pids.isEmpty() ? "" : " (process " + pids + ")";
    }

    private static boolean hasOpen(long pid, Path file) {
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            Path real = file.toRealPath();
            return open.anyMatch(link -> isLinkTo(link, real));
        } catch (IOException | UncheckedIOException notVisible) {
            return false;
        }
    }

    private static boolean isLinkTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file);
        } catch (IOException closed) {
            return false;
        }
    }

    private static void pause(PoolInitializationException why) {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw why;
        }
    }
}
