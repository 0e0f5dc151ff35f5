package uk.fpw.nightly.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Who may read a folder of pages, by its modes. The program that makes pages gives a group access to all of them except
 * those of single cases, which are for their owner alone; here that group becomes the readers' one, or loses its
 * access.
 * A file in the folder records for whom the pages were made; pages of versions before that have none.
 */
final class PagePermissions {

    private static final String AUDIENCE = ".audience";

    /** Content of the file if only the user of the runs may read the pages; no group can have this name. */
    private static final String OWNER_ALONE = ":owner";

    private static final Set<PosixFilePermission> ONLY_TRAVERSED = PosixFilePermissions.fromString("rwx--x---");

    private static final Set<PosixFilePermission> OF_GROUP = EnumSet.of(
            PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_EXECUTE);

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private PagePermissions() {}

    /**
     * Gives new pages to their readers. They must be in a folder that nobody else can enter yet.
     *
     * @param group group that may read them; null if only the user of the runs may
     * @throws FpwException with {@code LATER_STEP_FAILED} if this user cannot give them to that group
     */
    static void assign(Path pages, @Nullable String group) throws IOException {
        Files.writeString(pages.resolve(AUDIENCE), group == null ? OWNER_ALONE : group, StandardCharsets.UTF_8);
        Files.setPosixFilePermissions(pages.resolve(AUDIENCE), PosixFilePermissions.fromString("rw-r-----"));
        if (group == null) {
            close(pages);
            return;
        }
        GroupPrincipal principal = group(group);
        for (Path entry : entries(pages)) {
            Set<PosixFilePermission> rights = rights(entry);
            if (rights.stream().anyMatch(OF_GROUP::contains)) {
                give(entry, principal);
            }
        }
    }

    /** Lets a group pass through the folder with all pages, without listing what is in it. */
    static void letPass(Path folder, String group) throws IOException {
        give(folder, group(group));
        Files.setPosixFilePermissions(folder, ONLY_TRAVERSED);
    }

    /** Takes the access of everybody but the owner away, that to the folder first. */
    static void close(Path pages) throws IOException {
        for (Path entry : entries(pages)) {
            Set<PosixFilePermission> rights = rights(entry);
            boolean wasOpenToGroup = rights.removeAll(OF_GROUP);
            boolean wasOpenToOthers = rights.removeAll(OF_OTHERS);
            if (wasOpenToGroup || wasOpenToOthers) {
                Files.setPosixFilePermissions(entry, rights);
            }
        }
    }

    /** Whether anybody but the owner can enter a folder. */
    static boolean isOpen(Path folder) throws IOException {
        Set<PosixFilePermission> rights = rights(folder);
        return rights.stream().anyMatch(right -> OF_GROUP.contains(right) || OF_OTHERS.contains(right));
    }

    /** Whether a file is the record of for whom pages were made. */
    static boolean isRecord(Path file) {
        return file.getFileName().toString().equals(AUDIENCE);
    }

    /** Whether an earlier version made the pages, which recorded nothing about their readers. */
    static boolean areOfEarlierVersion(Path pages) {
        return !Files.exists(pages.resolve(AUDIENCE));
    }

    /** Whether pages of this version were made for that group; for nobody but the owner if it is null. */
    static boolean areFor(Path pages, @Nullable String group) throws IOException {
        return !areOfEarlierVersion(pages)
                && Files.readString(pages.resolve(AUDIENCE), StandardCharsets.UTF_8)
                        .equals(Objects.requireNonNullElse(group, OWNER_ALONE));
    }

    private static GroupPrincipal group(String name) throws IOException {
        try {
            return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName(name);
        } catch (UserPrincipalNotFoundException unknown) {
            throw new FpwException(
                    ExitCode.LATER_STEP_FAILED,
                    "there is no group " + name + " on this machine, which may read the pages; fpw readers --confirm "
                            + "says what to do",
                    unknown);
        }
    }

    private static void give(Path path, GroupPrincipal group) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view.readAttributes().group().equals(group)) {
            return;
        }
        try {
            view.setGroup(group);
        } catch (FileSystemException refused) {
            throw new FpwException(
                    ExitCode.LATER_STEP_FAILED,
                    "this user may not give the pages to the group " + group.getName() + " (" + refused.getReason()
                            + "); fpw readers --confirm says what to do",
                    refused);
        }
    }

    /** The folder and all that is in it, each after the folder it is in; links are not followed. */
    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(entry -> !Files.isSymbolicLink(entry))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static Set<PosixFilePermission> rights(Path path) throws IOException {
        Set<PosixFilePermission> rights = EnumSet.noneOf(PosixFilePermission.class);
        rights.addAll(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return rights;
    }
}
