package uk.fpw.warehouse.privacy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.OrderedDatabaseFile;

/**
 * The embedded databases that this user may open: those that fpw created here and those that the user has trusted. An
 * H2 file can contain code in triggers, aliases and views, which runs before the password is checked and cannot be
 * reviewed like a force folder. A database is therefore not opened merely because a force folder names it.
 *
 * <p>A database is identified by its path, its inode and the creation time stored in the file, so another file in its
 * place is not trusted. Trusted databases are recorded in a folder of the user, one file each.
 *
 * <p>If the clock is behind the creation time, H2 changes that time some time after opening the file. Until the clock
 * has passed it, only path and inode are compared.
 */
public final class TrustedDatabases {

    /** System property with the folder of the records. */
    static final String FOLDER_PROPERTY = "fpw.state";

    /** Environment variable from which the launcher sets it. */
    public static final String FOLDER_VARIABLE = "FPW_STATE";

    /** Also in files of earlier versions: never reword. */
    private static final String ABOUT_TO_BE_CREATED = "about to be made";

    /** H2 moves a file with this suffix into the place of a missing database. */
    private static final String SUCCESSOR = ".newFile";

    /** H2 writes its header twice, one block each. */
    private static final int HEADER_BYTES = 2 * 4096;

    private static final Pattern CREATED = Pattern.compile("H:\\d+,[^\\n]*\\bcreated:([0-9a-f]{1,15})");

    private static final String CREATED_LINE = "\ncreated ";
    private static final String UNKNOWN = "unknown";

    private static final EnumSet<PosixFilePermission> WRITTEN_BY_OTHERS =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path folder;

    TrustedDatabases(Path folder) {
        this.folder = folder;
    }

    /** The records of the user of this process. */
    public static TrustedDatabases ofThisUser() {
        String folder = System.getProperty(FOLDER_PROPERTY, "");
        return new TrustedDatabases(
                folder.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".local", "state", "fpw")
                        : Path.of(folder).toAbsolutePath());
    }

    /**
     * Called before an embedded database is opened. An existing one must be trusted; one that does not exist is
     * recorded as about to be created here.
     *
     * @param database the database's file
     * @throws FpwException with {@code CONFIGURATION} if it exists and is not trusted
     */
    public void add(Path database) {
        requireOwnFolder();
        String known = read(database);
        Path successor = Path.of(database + SUCCESSOR);
        if (!Files.exists(database)) {
            if (Files.exists(successor)) {
                throw FpwException.configuration("the file " + successor
                        + " would become the embedded database when it is opened, and "
                        + "such a file can contain code. It was not opened. Delete it");
            }
            write(database, ABOUT_TO_BE_CREATED);
            return;
        }
        if (ABOUT_TO_BE_CREATED.equals(known)) {
            return;
        }
        String found = description(database);
        if (!found.equals(known) && !withoutTime(found).equals(known)) {
            throw FpwException.configuration("the embedded database " + database
                    + (known == null ? " was not created here" : " is not the file that was created here")
                    + ", and such a file can contain code that runs when it is opened. "
                    + "It was not opened. If it came with a force folder from elsewhere, delete "
                    + "it. If it is your own (restored, copied, moved, or created by an earlier "
                    + "version of fpw), confirm it once: fpw trust");
        }
        if (found.equals(known) && isAhead(found)) {
            write(database, withoutTime(found));
        }
    }

    /**
     * The lock file with which processes take turns at creating the database and its tables. It is empty and never
     * deleted.
     */
    public Path lockFile(Path database) {
        requireOwnFolder();
        return entry(database).resolveSibling(entry(database).getFileName() + ".turn");
    }

    /**
     * Called after an embedded database was opened. Records it as trusted if it was just created, or if the clock has
     * now passed its creation time.
     */
    public void recordOpened(Path database) {
        if (!Files.exists(database)) {
            return;
        }
        String known = read(database);
        String found = description(database);
        if (ABOUT_TO_BE_CREATED.equals(known)) {
            // The record must not be durable before the file is.
            sync(database);
            write(database, found);
        } else if (withoutTime(found).equals(known) && !isAhead(found)) {
            write(database, found);
        }
    }

    private static String withoutTime(String description) {
        return description.substring(0, description.indexOf(CREATED_LINE)) + CREATED_LINE + "to be changed";
    }

    /** Whether the clock of this machine is behind the creation time of the database. */
    private static boolean isAhead(String description) {
        String created = description.substring(description.indexOf(CREATED_LINE) + CREATED_LINE.length());
        return !created.equals(UNKNOWN) && Long.parseLong(created, 16) > System.currentTimeMillis();
    }

    private static void sync(Path database) {
        try {
            OrderedDatabaseFile.access(database, file -> {
                file.force(true);
                return file;
            });
            DurableFiles.sync(
                    List.of(Objects.requireNonNull(database.toAbsolutePath().getParent())));
        } catch (IOException failed) {
            throw FpwException.unavailable("the embedded database cannot be created: " + failed.getMessage(), failed);
        }
    }

    /**
     * Called before a preserved state of a trusted database is moved into its place, so that the next opening accepts
     * the new file.
     */
    public void recordReplacing(Path database) {
        write(database, ABOUT_TO_BE_CREATED);
    }

    /** Called after an embedded database could not be created. */
    public void forgetNotCreated(Path database) {
        if (!Files.exists(database)) {
            forget(database);
        }
    }

    /**
     * Records a database as trusted by the user.
     *
     * @return whether it was not trusted before
     */
    public boolean trust(Path database) {
        requireOwnFolder();
        String description = description(database);
        if (description.equals(read(database))) {
            return false;
        }
        write(database, description);
        return true;
    }

    /** Identification of a database: path, inode, creation time. */
    private static String description(Path database) {
        try {
            Matcher created = CREATED.matcher(OrderedDatabaseFile.access(database, TrustedDatabases::header));
            return "path " + real(database) + "\nfile " + inode(database) + CREATED_LINE
                    + (created.find() ? created.group(1) : UNKNOWN);
        } catch (IOException unreadable) {
            throw FpwException.unavailable(
                    "the embedded database " + database + " cannot be examined; check the permissions on its folder",
                    unreadable);
        }
    }

    private static String header(FileChannel file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        while (header.hasRemaining() && file.read(header, header.position()) > 0) {
            // some file systems give less than what is asked for
        }
        return new String(header.array(), 0, header.position(), StandardCharsets.ISO_8859_1);
    }

    private static String inode(Path database) throws IOException {
        try {
            return String.valueOf(Files.getAttribute(database, "unix:ino"));
        } catch (UnsupportedOperationException | IllegalArgumentException otherFileSystem) {
            return "unknown";
        }
    }

    /** The path with links in its folder resolved, whether that exists yet or not. */
    private static Path real(Path database) {
        return RealPath.of(database);
    }

    private Path entry(Path database) {
        byte[] digest = Sha256.of(real(database).toString());
        return folder.resolve("database-" + HexFormat.of().formatHex(digest, 0, 16));
    }

    private @Nullable String read(Path database) {
        try {
            return Files.readString(entry(database));
        } catch (NoSuchFileException none) {
            return null;
        } catch (IOException unreadable) {
            throw unusable(unreadable);
        }
    }

    private void write(Path database, String what) {
        try {
            Path entry = entry(database);
            Path temporary = Files.createTempFile(folder, entry.getFileName().toString(), ".tmp");
            Files.writeString(temporary, what);
            DurableFiles.move(temporary, entry);
        } catch (IOException unwritable) {
            throw unusable(unwritable);
        }
    }

    private void forget(Path database) {
        try {
            Files.deleteIfExists(entry(database));
        } catch (IOException unwritable) {
            throw unusable(unwritable);
        }
    }

    /** Creates the folder, accessible to its owner only; rejects a folder that others can write to. */
    private void requireOwnFolder() {
        try {
            if (!Files.isDirectory(folder)) {
                DurableFiles.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
            PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
            if (!attributes.owner().equals(FilePermissions.self())
                    || attributes.permissions().stream().anyMatch(WRITTEN_BY_OTHERS::contains)) {
                throw FpwException.configuration("the folder " + folder
                        + ", which lists the embedded databases created here, is writable by others ("
                        + PosixFilePermissions.toString(attributes.permissions()) + ", "
                        + attributes.owner().getName() + "); restrict it (chmod 700 " + folder
                        + "), or set " + FOLDER_VARIABLE + " to a folder that only this user can write to");
            }
        } catch (UnsupportedOperationException otherFileSystem) {
            // A file system without owners and permissions: nothing is checked.
        } catch (IOException unwritable) {
            throw unusable(unwritable);
        }
    }

    private FpwException unusable(IOException failed) {
        return FpwException.configuration(
                "the folder " + folder + ", which lists the embedded databases created here, cannot be used ("
                        + failed + "); set " + FOLDER_VARIABLE
                        + " to a folder that this user can write to, the same for every command",
                failed);
    }
}
