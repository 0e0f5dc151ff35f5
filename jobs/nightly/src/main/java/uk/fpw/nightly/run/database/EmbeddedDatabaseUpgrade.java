package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.EmbeddedDatabase;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.TrustedDatabases;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/**
 * The upgrade of an embedded database that holds rows. H2 commits each statement of a migration separately, so an
 * interrupted migration leaves tables that no migration fits any longer. The previous state is therefore kept in
 * {@code fpw.before-upgrade-<token>.zip} next to the database until all migrations are complete. If the next process
 * that opens the database finds that file, it restores the previous state.
 *
 * <p>The token is that of the warehouse lock, which an upgrade holds and every writing run increments. If it has been
 * incremented since, an older version has written to the incomplete upgrade, and nothing is restored.
 */
final class EmbeddedDatabaseUpgrade {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabaseUpgrade.class);

    private static final String BEFORE = ".before-upgrade-";
    private static final String ZIP = ".zip";

    /** H2's error code if there is no such file. */
    private static final int NO_DATABASE = 90146;

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(250);

    private EmbeddedDatabaseUpgrade() {}

    /**
     * Runs the migrations of a database that holds rows, under the warehouse lock. If they fail, the pool is closed and
     * the previous state is restored.
     *
     * @throws FpwException with {@code LOCK_HELD} if another run holds the warehouse, with {@code UNAVAILABLE} if there
     *     is not enough disk space for the previous state
     */
    static void run(HikariDataSource dataSource, Runnable migrations) {
        Path file = EmbeddedDatabaseFile.of(dataSource.getJdbcUrl());
        Path copy = EmbeddedDatabase.sibling(file, ".before-upgrade.part");
        long token = backUp(dataSource, copy);
        try (WarehouseLock lock = WarehouseLock.acquire(dataSource::getConnection, "upgrade of the database")) {
            if (lock.token() != token + 1) {
                throw new FpwException(
                        ExitCode.LOCK_HELD,
                        "another run has used the warehouse while its database was about to be upgraded; run again");
            }
            Path before = EmbeddedDatabase.sibling(file, BEFORE + lock.token() + ZIP);
            DurableFiles.move(copy, before);
            LOG.info("upgrading the database; its previous state is kept in {} until the upgrade is complete", before);
            migrations.run();
            sync(dataSource);
            Files.delete(before);
        } catch (IOException failed) {
            throw notBackedUp(failed);
        } catch (RuntimeException failed) {
            dataSource.close();
            recoverLater(dataSource, copy, failed);
            throw failed;
        }
    }

    private static void sync(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            DurableCommit.sync(connection);
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the upgraded database could not be synced to its disk: " + failed.getMessage()
                            + ". Check the disk and its free space, then run again",
                    failed);
        }
    }

    /** Restores the previous state immediately if possible; otherwise the next start does. */
    private static void recoverLater(HikariDataSource dataSource, Path copy, RuntimeException why) {
        try {
            Files.deleteIfExists(copy);
            recover(dataSource.getJdbcUrl(), dataSource.getUsername(), dataSource.getPassword());
        } catch (IOException | RuntimeException failed) {
            why.addSuppressed(failed);
        }
    }

    /**
     * Restores the state before an interrupted upgrade. Waits for a process that has the database open, such as one
     * that upgrades it.
     *
     * @throws FpwException with {@code LOCK_HELD} if that takes too long, with {@code CONFIGURATION} if the database
     *     was written to since, with {@code UNAVAILABLE} if it cannot be restored
     */
    static void recover(String jdbcUrl, String user, @Nullable String password) {
        Path file = EmbeddedDatabaseFile.of(jdbcUrl);
        String alone = jdbcUrl.replaceAll("(?i);(AUTO_SERVER|IFEXISTS)=\\w+", "") + ";IFEXISTS=TRUE";
        long began = System.nanoTime();
        Path before;
        while ((before = find(file)) != null) {
            boolean isRestored;
            try (Connection connection = DriverManager.getConnection(alone, user, password)) {
                isRestored = isRestored(connection, before);
            } catch (SQLException failed) {
                if (isWrongLogin(failed) || failed.getErrorCode() == NO_DATABASE) {
                    return; // reported when the database is opened
                }
                if (!EmbeddedDatabaseOpener.isTransient(failed)) {
                    throw notRestored(before, failed);
                }
                if (System.nanoTime() - began >= EmbeddedDatabaseOpener.TRANSITION.toNanos()) {
                    throw new FpwException(
                            ExitCode.LOCK_HELD,
                            "the database " + file
                                    + " is being upgraded by another process, or an interrupted upgrade "
                                    + "is pending and another process has it open. Run again when no other fpw is "
                                    + "running",
                            failed);
                }
                pause(failed);
                continue;
            }
            restore(before, file, isRestored);
        }
    }

    /** Copies the database; returns the token of the warehouse lock in the copy. */
    private static long backUp(HikariDataSource dataSource, Path copy) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Files.deleteIfExists(copy);
            long token = WarehouseLock.latestToken(connection);
            statement.execute("backup to '" + copy.toString().replace("'", "''") + "'");
            return token;
        } catch (SQLException | IOException failed) {
            throw notBackedUp(failed);
        }
    }

    /** Whether the database is in the state before its upgrade; otherwise it is as the upgrade left it. */
    private static boolean isRestored(Connection connection, Path before) throws SQLException {
        String name = String.valueOf(before.getFileName());
        long ofUpgrade = Long.parseLong(
                name.substring(name.lastIndexOf(BEFORE) + BEFORE.length(), name.length() - ZIP.length()));
        long now = WarehouseLock.latestToken(connection);
        if (now > ofUpgrade) {
            throw FpwException.configuration(
                    "an upgrade of the database was interrupted, and another version of fpw has "
                            + "written to it since; its state before the upgrade is "
                            + before
                            + ". Restore database and folder from the latest backup (docs/operator.md), then "
                            + "delete that file");
        }
        return now < ofUpgrade;
    }

    private static void restore(Path before, Path file, boolean isRestored) {
        Path part = EmbeddedDatabase.sibling(file, ".put-back.part");
        try {
            if (!isRestored) {
                unpack(before, part);
                Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file));
                TrustedDatabases.ofThisUser().recordReplacing(file);
                DurableFiles.move(part, file);
            }
            Files.delete(before);
        } catch (IOException failed) {
            throw notRestored(before, failed);
        }
        LOG.warn("an upgrade of the database was interrupted; the previous state was restored, and the upgrade starts "
                + "again");
    }

    static void unpack(Path zip, Path target) throws IOException {
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            ZipEntry entry = entries.getNextEntry();
            while (entry != null && !entry.getName().endsWith(EmbeddedDatabase.ENDING)) {
                entry = entries.getNextEntry();
            }
            if (entry == null) {
                throw new IOException("there is no database in " + zip);
            }
            Files.copy(entries, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static @Nullable Path find(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!Files.exists(file)) {
            return null;
        }
        try (DirectoryStream<Path> found =
                Files.newDirectoryStream(folder, EmbeddedDatabase.name(file) + BEFORE + "*" + ZIP)) {
            for (Path before : found) {
                return before;
            }
            return null;
        } catch (IOException failed) {
            throw FpwException.unavailable("the folder " + folder + " cannot be read: " + failed, failed);
        }
    }

    private static boolean isWrongLogin(SQLException failed) {
        return String.valueOf(failed.getSQLState()).startsWith("28");
    }

    private static FpwException notBackedUp(Exception failed) {
        return FpwException.unavailable(
                "the database cannot be upgraded, because its previous state cannot be backed up next to it: "
                        + failed.getMessage()
                        + ". Free space on its disk and check the permissions on its folder, then run again",
                failed);
    }

    private static FpwException notRestored(Path before, Exception failed) {
        return FpwException.unavailable(
                "an upgrade of the database was interrupted, and the previous state, " + before
                        + ", cannot be restored: " + failed.getMessage()
                        + ". Check its disk and the permissions on its folder, then run again",
                failed);
    }

    private static void pause(SQLException why) {
        try {
            Thread.sleep(BETWEEN_ATTEMPTS.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw FpwException.unavailable("interrupted while waiting for the database", why);
        }
    }
}
