package uk.fpw.nightly.acceptance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.testing.PostgresServer;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * A small force with the devices of a laboratory, two feeds, and files for any business date. The same date always
 * gives the same files.
 */
final class TrialForce {

    static final String HEADER = "DEVICE,SUSPECT,RECEIVED,EXAMINED,KIND,REMARKS";
    static final int DEVICES = 200;

    private static final List<String> KINDS = List.of("phone", "computer", "tablet", "");

    private final Path folder;

    private TrialForce(Path folder) {
        this.folder = folder;
    }

    /** A new copy of the force folder, with an empty drop folder; its warehouse is next to it. */
    static TrialForce in(Path folder) {
        try {
            Path copy = TestForceFolders.copyOfResource(
                    "devices", folder.toRealPath().resolve("force"));
            Files.createDirectories(copy.resolve("drop"));
            return new TrialForce(copy);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A force folder that already exists. */
    static TrialForce existing(Path folder) {
        return new TrialForce(folder);
    }

    /**
     * The same force with its relational tables in that database; {@link Installation} puts its password into the
     * environment.
     */
    TrialForce with(TestDatabase database) {
        return edit("force.yml", "storage:\n", """
                storage:
                  database: "%s"
                  user: %s
                  password_variable: %s
                """.formatted(
                        database.url(), database.user(), Installation.DATABASE_PASSWORD_VARIABLE));
    }

    /** The same force with a source for each of its feeds, which are then loaded in parallel. */
    TrialForce withTwoSources() {
        edit("connections.yml", "connections:\n", "connections:\n  - {name: exits, kind: files, path: exits}\n");
        edit("feeds/exits.yml", "connection: drop", "connection: exits");
        try {
            Files.createDirectories(folder.resolve("exits"));
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /**
     * Connects to its database. An embedded database stays open for commands in this JVM until the connection is
     * closed; otherwise each of them would open it, with its 250 views, and close it again.
     */
    Connection keepOpen() throws SQLException {
        Force.Storage storage = ForceFolder.read(folder).storage();
        boolean isEmbedded = storage.jdbcUrl().startsWith("jdbc:h2:");
        return DriverManager.getConnection(
                storage.jdbcUrl(), storage.jdbcUser(), isEmbedded ? "" : PostgresServer.PASSWORD);
    }

    Path folder() {
        return folder;
    }

    Path warehouse() {
        return folder.resolveSibling("warehouse");
    }

    Path devicesFile(LocalDate date) {
        return folder.resolve("drop/devices_" + date + ".csv");
    }

    Path exitsFile(LocalDate date) {
        Path own = folder.resolve("exits");
        return (Files.exists(own) ? own : folder.resolve("drop"))
                .resolve("exits_" + DateTimeFormatter.BASIC_ISO_DATE.format(date) + ".csv.gz");
    }

    /** Drops valid files of the date. */
    TrialForce drop(LocalDate date) {
        writeDevices(date, devices(date));
        return writeExits(date, gzip(String.join("\n", exits(date)) + "\n"));
    }

    TrialForce writeDevices(LocalDate date, List<String> lines) {
        return write(devicesFile(date), (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    TrialForce writeDevices(LocalDate date, String text, Charset encoding) {
        return write(devicesFile(date), text.getBytes(encoding));
    }

    TrialForce writeExits(LocalDate date, byte[] content) {
        return write(exitsFile(date), content);
    }

    /** Replaces a text that must be in a file of the force folder. */
    TrialForce edit(String file, String text, String replacement) {
        Path path = folder.resolve(file);
        try {
            String content = Files.readString(path);
            if (!content.contains(text)) {
                throw new IllegalArgumentException(file + " does not hold: " + text);
            }
            return write(path, content.replace(text, replacement).getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Header and rows of the devices as at a date: those received by then, examined or not. */
    static List<String> devices(LocalDate date) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int device = 0; device < DEVICES; device++) {
            LocalDate received = LocalDate.of(2024, 1, 1).plusDays(device * 37L % 400);
            LocalDate examined = received.plusDays(device * 53L % 211);
            boolean isExamined = device % 5 != 0 && !examined.isAfter(date);
            lines.add("D%04d,S%03d,%s,%s,%s,%s"
                    .formatted(
                            device,
                            device % 150,
                            received,
                            isExamined ? examined : "",
                            KINDS.get(device % KINDS.size()),
                            device % 9 == 0 ? "\"kept, sealed\"" : ""));
        }
        return lines;
    }

    /** Header and rows of the devices that had been withdrawn by a date. */
    static List<String> exits(LocalDate date) {
        List<String> lines = new ArrayList<>(List.of("DEVICE,WITHDRAWN"));
        for (int device = 0; device < DEVICES; device += 15) {
            LocalDate withdrawn = LocalDate.of(2024, 1, 1).plusDays(device * 37L % 400 + 60);
            if (!withdrawn.isAfter(date)) {
                lines.add("D%04d,%s".formatted(device, withdrawn));
            }
        }
        return lines;
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Id of the current release; null before the first. */
    @Nullable
    String currentRelease() {
        try {
            Path pointer = warehouse().resolve("releases/current");
            return Files.exists(pointer) ? Files.readString(pointer).strip() : null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private TrialForce write(Path path, byte[] content) {
        try {
            Files.write(path, content);
            return this;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
