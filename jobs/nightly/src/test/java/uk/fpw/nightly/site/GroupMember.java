package uk.fpw.nightly.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A member of a group of this machine who owns no file.
 *
 * @param group name of the group
 */
public record GroupMember(String group) {

    /** A member of the group that this user's files have. */
    public static GroupMember ofOwnGroup(Path folder) throws IOException {
        return new GroupMember(
                Files.readAttributes(folder, PosixFileAttributes.class).group().getName());
    }

    /** A member of another group, to which this user may give files; of the same one where there is no other. */
    public static GroupMember ofOtherGroup(Path folder) throws IOException {
        Path trial = Files.createTempFile(folder, "group", "");
        try {
            for (String name : List.of("daemon", "users", "staff", "adm")) {
                if (isGiven(trial, name)) {
                    return new GroupMember(name);
                }
            }
            return ofOwnGroup(folder);
        } finally {
            Files.delete(trial);
        }
    }

    private static boolean isGiven(Path file, String group) {
        try {
            Files.getFileAttributeView(file, PosixFileAttributeView.class)
                    .setGroup(
                            file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(group));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /**
     * The files that a member can read below a folder, even if their names must be guessed.
     *
     * @return bytes as text in ISO 8859-1, by path
     */
    public Map<String, String> reads(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        visit(folder, folder, found);
        return found;
    }

    private void visit(Path root, Path path, Map<String, String> found) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return; // what it leads to is visited in its place
        }
        if (Files.isDirectory(path)) {
            if (may(path, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE)) {
                try (Stream<Path> entries = Files.list(path)) {
                    for (Path entry : entries.toList()) {
                        visit(root, entry, found);
                    }
                }
            }
        } else if (may(path, PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ)) {
            found.put(root.relativize(path).toString(), Files.readString(path, StandardCharsets.ISO_8859_1));
        }
    }

    private boolean may(Path path, PosixFilePermission ofGroup, PosixFilePermission ofOthers) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        return attributes.permissions().contains(attributes.group().getName().equals(group) ? ofGroup : ofOthers);
    }
}
