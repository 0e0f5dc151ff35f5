package uk.fpw.warehouse.privacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.warehouse.failure.FpwException;

/** Access permissions of the warehouse's files. Nothing is checked on file systems without owners and permissions. */
public final class FilePermissions {

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private static final String ROOT = "root";

    private FilePermissions() {}

    /**
     * Creates the warehouse folder if necessary, accessible only to owner and group, and removes the access of others
     * from an existing one.
     *
     * @return a message if access was removed; null otherwise
     * @throws FpwException with {@code CONFIGURATION} if it is accessible to others and belongs to another user
     */
    public static @Nullable String closeWarehouse(Path folder) throws IOException {
        return close(folder, "the warehouse folder ");
    }

    /**
     * The same for another folder with warehouse data.
     *
     * @param name start of messages
     */
    public static @Nullable String close(Path folder, String name) throws IOException {
        boolean isNew = !Files.exists(folder);
        if (!Files.isDirectory(folder)) {
            DurableFiles.createDirectories(folder);
        }
        PosixFileAttributes attributes = attributes(folder);
        if (attributes == null) {
            return null;
        }
        Set<PosixFilePermission> rights = attributes.permissions();
        if (rights.stream().noneMatch(OTHERS::contains)) {
            return null;
        }
        if (!attributes.owner().equals(self())) {
            throw FpwException.configuration(name + folder + " is accessible to every user of this machine ("
                    + PosixFilePermissions.toString(rights) + ") and is owned by "
                    + attributes.owner().getName() + "; its owner must remove this access: chmod o-rwx "
                    + folder);
        }
        Set<PosixFilePermission> closed = EnumSet.copyOf(rights);
        closed.removeAll(OTHERS);
        Files.setPosixFilePermissions(folder, closed);
        return isNew
                ? null
                : name + folder + " was accessible to every user of this machine ("
                        + PosixFilePermissions.toString(rights) + "); this access was removed ("
                        + PosixFilePermissions.toString(closed)
                        + ")";
    }

    /**
     * Rejects writing to a warehouse that belongs to another user, who could not change the files written by this user.
     * Also rejects creating a warehouse as root in a folder of another user.
     *
     * @param warehouse the warehouse folder, which need not exist
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void requireOwnWarehouse(Path warehouse) {
        try {
            requireOwnWarehouse(warehouse, self());
        } catch (IOException unreadable) {
            throw FpwException.unavailable(
                    "the warehouse folder " + warehouse + " cannot be examined; check the permissions on its folder",
                    unreadable);
        }
    }

    static void requireOwnWarehouse(Path warehouse, UserPrincipal self) throws IOException {
        Path folder = warehouse.toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        PosixFileAttributes attributes = folder == null ? null : attributes(folder);
        if (folder == null || attributes == null || attributes.owner().equals(self)) {
            return;
        }
        boolean isThere = Files.isDirectory(warehouse);
        if (isThere || self.getName().equals(ROOT) || !Files.isExecutable(folder)) {
            throw ofAnother(
                    isThere
                            ? "the warehouse " + warehouse
                            : folder + ", where the warehouse " + warehouse + " would be,",
                    attributes.owner(),
                    self,
                    isThere ? "" : ", or create that folder first, if it is to belong to " + ROOT);
        }
    }

    /** Reports a warehouse that this user may not read. */
    public static FpwException unreadable(Path warehouse) {
        for (Path folder = warehouse; folder != null; folder = folder.getParent()) {
            try {
                return ofAnother(folder.toString(), Files.getOwner(folder), self(), "");
            } catch (IOException notVisible) {
                // Its owner cannot be read either; use that of the folder around it.
            }
        }
        throw new IllegalStateException(warehouse + " is in no folder");
    }

    private static FpwException ofAnother(String what, UserPrincipal owner, UserPrincipal self, String otherwise) {
        return FpwException.configuration(what + " belongs to " + owner.getName() + ", and this is " + self.getName()
                + ". Nothing was written. Run it as its owner (sudo -u " + owner.getName() + " fpw ...)"
                + otherwise + ". If it belongs to the wrong user, change the owner (chown -R)");
    }

    /**
     * Rejects an embedded database that may come from someone else: an H2 file can contain Java code, which would run
     * as this user on opening.
     *
     * @param database the database's file, which need not exist
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void requireOwn(Path database) {
        try {
            PosixFileAttributes attributes = Files.exists(database, LinkOption.NOFOLLOW_LINKS)
                    ? attributes(database, LinkOption.NOFOLLOW_LINKS)
                    : null;
            if (attributes == null) {
                return;
            }
            String problem = null;
            String remedy = null;
            if (attributes.isSymbolicLink()) {
                problem = "is a link";
                remedy = "copy the file itself there";
            } else if (!attributes.owner().equals(self())) {
                problem = "belongs to " + attributes.owner().getName();
                remedy = "run fpw as that user, or make the user of the nightly runs the owner of the file";
            } else if (attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
                problem = "is writable by every user of this machine";
                remedy = "check that nobody has changed it, then remove the access: chmod o-rwx " + database;
            }
            if (problem != null) {
                throw FpwException.configuration("the embedded database " + database + " " + problem
                        + ", and such a file can contain code that runs when it is opened; " + remedy);
            }
        } catch (IOException unreadable) {
            throw FpwException.unavailable(
                    "the embedded database " + database + " cannot be examined; check the permissions on its folder",
                    unreadable);
        }
    }

    /**
     * Rejects a file with a secret that others may read, or that anyone but its owner may write.
     *
     * @param what name of the file at the start of a message
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void requireSecret(Path file, String what) throws IOException {
        PosixFileAttributes attributes = attributes(file);
        if (attributes == null) {
            return;
        }
        Set<PosixFilePermission> rights = attributes.permissions();
        if (rights.stream().anyMatch(OTHERS::contains) || rights.contains(PosixFilePermission.GROUP_WRITE)) {
            throw FpwException.configuration(what + " is accessible to others (" + PosixFilePermissions.toString(rights)
                    + "): only its owner may write to it, and only its group may "
                    + "read it; restrict it (chmod 600 "
                    + file + "), and if others have used this machine, treat the key as compromised");
        }
    }

    /**
     * Rejects a file with settings of an installation that anyone but its owner may write.
     *
     * @throws FpwException with {@code CONFIGURATION}
     */
    public static void requireUnchangedByOthers(Path file) throws IOException {
        PosixFileAttributes attributes = attributes(file);
        if (attributes == null) {
            return;
        }
        Set<PosixFilePermission> rights = attributes.permissions();
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw FpwException.configuration(file + " can be changed by others ("
                    + PosixFilePermissions.toString(rights) + "): only its owner may write to it; check what it says, "
                    + "then remove the access: chmod go-w " + file);
        }
    }

    private static @Nullable PosixFileAttributes attributes(Path path, LinkOption... links) throws IOException {
        try {
            return Files.readAttributes(path, PosixFileAttributes.class, links);
        } catch (UnsupportedOperationException otherFileSystem) {
            return null;
        }
    }

    /** The user that this process runs as. */
    public static UserPrincipal self() throws IOException {
        Path process = Path.of("/proc/self");
        return Files.exists(process)
                ? Files.getOwner(process)
                : process.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }
}
