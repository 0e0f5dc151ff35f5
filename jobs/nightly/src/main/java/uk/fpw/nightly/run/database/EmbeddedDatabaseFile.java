package uk.fpw.nightly.run.database;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Supplier;
import uk.fpw.layout.EmbeddedDatabase;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.privacy.TrustedDatabases;

/**
 * The file of an embedded database. Only a known file is opened ({@link TrustedDatabases}), and the opened database
 * must be in that file: a lock file next to it can name a process that serves another one.
 */
final class EmbeddedDatabaseFile {

    /** How the URL of an embedded database begins. */
    static final String URL_PREFIX = "jdbc:h2:file:";

    private EmbeddedDatabaseFile() {}

    /** The file of the database with a URL. */
    static Path of(String jdbcUrl) {
        String path = DatabaseUrl.plain(jdbcUrl).substring(URL_PREFIX.length()).split(";", 2)[0];
        return EmbeddedDatabase.file(path.replaceFirst("^~", System.getProperty("user.home")));
    }

    /**
     * Opens the database.
     *
     * @throws FpwException with {@code CONFIGURATION} if the file is not known, or if another file was opened
     */
    static HikariDataSource open(Path file, Supplier<HikariDataSource> opening) {
        TrustedDatabases trusted = TrustedDatabases.ofThisUser();
        trusted.add(file);
        refuseOtherHost(file);
        HikariDataSource opened;
        try {
            opened = opening.get();
        } catch (RuntimeException failed) {
            trusted.forgetNotCreated(file);
            throw failed;
        }
        try {
            requireSame(opened, file);
            trusted.recordOpened(file);
            return opened;
        } catch (RuntimeException failed) {
            opened.close();
            throw failed;
        }
    }

    private static void requireSame(HikariDataSource opened, Path file) {
        String served;
        try (Connection connection = opened.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select database_path()")) {
            served = rows.next() ? EmbeddedDatabase.file(rows.getString(1)).toString() : "";
        } catch (SQLException failed) {
            throw FpwException.unavailable(
                    "the embedded database " + file + " does not identify its file: " + failed.getMessage()
                            + "; try again",
                    failed);
        }
        try {
            if (Files.isSameFile(Path.of(served), file)) {
                return;
            }
        } catch (NoSuchFileException other) {
            // reported below
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot compare " + served + " with " + file, unreadable);
        }
        throw FpwException.configuration(
                "the database " + file + " was not opened, but " + served + ", which another process serves: "
                        + EmbeddedDatabase.lockFile(file)
                        + " was copied with the database and points there. Nothing was written. "
                        + "Delete it, and exclude it when copying a warehouse");
    }

    /**
     * Rejects another host: a lock file names the host and port of the process that serves the database, and fpw serves
     * only its own host.
     */
    private static void refuseOtherHost(Path file) {
        Properties lock = new Properties();
        try (InputStream in = Files.newInputStream(EmbeddedDatabase.lockFile(file))) {
            lock.load(in);
        } catch (NoSuchFileException none) {
            return;
        } catch (IOException | IllegalArgumentException unreadable) {
            // It is being written or deleted at the moment; H2 waits for that.
            return;
        }
        String server = lock.getProperty("server", "");
        String host = server.replaceFirst(":\\d+$", "");
        if (!host.isEmpty() && !isThisHost(host)) {
            throw FpwException.configuration("the file " + EmbeddedDatabase.lockFile(file)
                    + " says that the embedded database is served by another host, but "
                    + "fpw serves it only on its own host. Nothing was opened. If no run on another "
                    + "host uses this warehouse, delete the file");
        }
    }

    private static boolean isThisHost(String host) {
        // Only a numeric address: a name would need a DNS lookup.
        if (!host.matches("\\[?[0-9A-Fa-f:.]*[:.][0-9A-Fa-f:.]*]?")) {
            return host.equals("localhost");
        }
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException notAnAddress) {
            return false;
        }
    }
}
