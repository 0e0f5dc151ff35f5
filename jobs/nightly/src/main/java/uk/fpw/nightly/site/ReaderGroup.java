package uk.fpw.nightly.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uk.fpw.warehouse.privacy.FilePermissions;

/**
 * A group of this machine that is to read the pages of a warehouse. It can if it exists, this user may give files to
 * it, and its members can enter each folder on the way to the pages. Access control lists are not seen.
 */
public final class ReaderGroup {

    /** Set-group-ID bit: what is created in such a folder belongs to the group of the folder. */
    private static final int INHERITED_GROUP = 02000;

    private final String name;
    private final Path warehouse;
    private final Machine machine;

    /** What the operating system says; replaced in tests. */
    interface Machine {

        boolean hasGroup(String group);

        /** Whether this process may give its files in a folder to an existing group. */
        boolean mayGive(Path folder, String group) throws IOException;

        /** Name of the user that this process runs as. */
        String user() throws IOException;
    }

    ReaderGroup(String name, Path warehouse, Machine machine) {
        this.name = name;
        this.warehouse = warehouse;
        this.machine = machine;
    }

    /** A group of this machine. */
    public static ReaderGroup of(String name, Path warehouse) {
        return new ReaderGroup(name, warehouse, new ThisMachine());
    }

    /** Why members could not read the pages, a sentence each, with the commands that change it; none if they can. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        try {
            String user = machine.user();
            if (!machine.hasGroup(name)) {
                problems.add("there is no group " + name + " on this machine; as root: groupadd " + word(name)
                        + " && usermod -aG " + word(name) + " " + word(user)
                        + ", then log in again, and restart what runs "
                        + "fpw");
            } else if (!machine.mayGive(warehouse, name)) {
                problems.add("the user " + user + " is not a member of " + name + ", or logged in before it became "
                        + "one, so it may not give files to the group; as root: usermod -aG " + word(name) + " "
                        + word(user) + ", then log in again, and restart what runs fpw");
            }
            addObstacles(problems);
        } catch (UnsupportedOperationException otherFileSystem) {
            problems.add("the file system of " + warehouse + " has no groups; move the warehouse to one that has");
        } catch (IOException failed) {
            throw new UncheckedIOException("the access to " + warehouse + " cannot be examined", failed);
        }
        return problems;
    }

    /** Folders that members cannot pass through, from the root to the warehouse. */
    private void addObstacles(List<String> problems) throws IOException {
        Path real = warehouse.toRealPath();
        for (int length = 1; length <= real.getNameCount(); length++) {
            Path folder = real.getRoot().resolve(real.subpath(0, length));
            PosixFileAttributes attributes = Files.readAttributes(folder, PosixFileAttributes.class);
            Set<PosixFilePermission> rights = attributes.permissions();
            boolean isOfGroup = attributes.group().getName().equals(name);
            boolean isPassable =
                    rights.contains(isOfGroup ? PosixFilePermission.GROUP_EXECUTE : PosixFilePermission.OTHERS_EXECUTE);
            if (!isPassable) {
                problems.add("members of " + name + " cannot enter " + folder + " ("
                        + PosixFilePermissions.toString(rights) + ", group "
                        + attributes.group().getName() + "); as "
                        + attributes.owner().getName() + " or root: "
                        + (isOfGroup
                                ? "chmod g+x " + word(folder)
                                : "chgrp " + word(name) + " " + word(folder) + " && chmod g=x " + word(folder)));
            }
        }
        if (Files.getAttribute(real, "unix:mode") instanceof Integer mode && (mode & INHERITED_GROUP) != 0) {
            problems.add("whatever is written to " + real + " belongs to its group; chmod g-s " + word(real));
        }
    }

    /** A word of a command line, quoted if necessary. */
    private static String word(Object text) {
        String word = text.toString();
        return word.matches("[A-Za-z0-9_./@%+,:=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private record ThisMachine() implements Machine {

        @Override
        public boolean hasGroup(String group) {
            try {
                Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group);
                return true;
            } catch (UserPrincipalNotFoundException unknown) {
                return false;
            } catch (IOException failed) {
                throw new UncheckedIOException("the groups of this machine cannot be read", failed);
            }
        }

        /** Tries it: membership counts only if it was there when the process, or its session, started. */
        @Override
        public boolean mayGive(Path folder, String group) throws IOException {
            Path trial = Files.createTempFile(folder, ".readers-", "");
            try {
                Files.getFileAttributeView(trial, PosixFileAttributeView.class)
                        .setGroup(folder.getFileSystem()
                                .getUserPrincipalLookupService()
                                .lookupPrincipalByGroupName(group));
                return true;
            } catch (FileSystemException refused) {
                return false;
            } finally {
                Files.delete(trial);
            }
        }

        @Override
        public String user() throws IOException {
            return FilePermissions.self().getName();
        }
    }
}
