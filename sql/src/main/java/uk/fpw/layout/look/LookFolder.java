package uk.fpw.layout.look;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;

/**
 * The folder of the files of sessions. Whoever may enter the warehouse folder can add a file, and only its owner or the
 * owner of the folder can change or remove it (mode 3777). A file belongs to the group of the folder and is readable
 * for that group only: if analysts have a group of their own, they do not see each other's reads.
 */
public final class LookFolder {

    private static final int MODE = 03777;
    private static final int ALL_BITS = 07777;
    private static final Path SELF = Path.of("/proc/self");
    private static final Pattern NAME = Pattern.compile("([0-9]{9,18})\\.jsonl");

    private final WarehouseFolder warehouse;

    /** The folder of a warehouse, which need not exist. */
    public LookFolder(WarehouseFolder warehouse) {
        this.warehouse = warehouse;
    }

    /** Creates the folder, or corrects its mode, if necessary. Only the owner of the warehouse folder can do that. */
    public void create() throws IOException {
        Path folder = warehouse.looks();
        boolean isNew = !Files.isDirectory(folder);
        if (isNew) {
            DurableFiles.createDirectories(folder);
        }
        if (folder.getFileSystem().supportedFileAttributeViews().contains("unix")
                && !hasMode(folder)
                && (isNew || isOwn(folder))) {
            Files.setAttribute(folder, "unix:mode", MODE);
        }
    }

    private static boolean isOwn(Path folder) throws IOException {
        return Files.exists(SELF) && Files.getOwner(folder).equals(Files.getOwner(SELF));
    }

    private static boolean hasMode(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:mode") instanceof Integer mode && (mode & ALL_BITS) == MODE;
    }

    /** The files of sessions, by number; empty without a folder. */
    public List<Path> files() throws IOException {
        if (!Files.isDirectory(warehouse.looks())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(warehouse.looks())) {
            return files.filter(file -> NAME.matcher(name(file)).matches())
                    .sorted(Comparator.comparingLong(LookFolder::session))
                    .toList();
        }
    }

    /** The number of the session whose file it is. */
    public static long session(Path file) {
        Matcher name = NAME.matcher(name(file));
        if (!name.matches()) {
            throw new IllegalArgumentException(file + " is not the file of a session");
        }
        return Long.parseLong(name.group(1));
    }

    /** The file of a session. */
    public Path file(long session) {
        return warehouse.looks().resolve(String.format(Locale.ROOT, "%09d.jsonl", session));
    }

    /**
     * The greatest number of a session known to this folder: of a file, or of one that was imported and may have been
     * deleted since; 0 if there is none.
     */
    public long latest() throws IOException {
        List<Path> files = files();
        return Math.max(imported(), files.isEmpty() ? 0 : session(files.get(files.size() - 1)));
    }

    /** The greatest number of an imported session; 0 if none was imported. */
    public long imported() throws IOException {
        try {
            return Long.parseLong(Files.readString(warehouse.importedLooks()).strip());
        } catch (NoSuchFileException none) {
            return 0;
        } catch (NumberFormatException damaged) {
            throw new IOException(warehouse.importedLooks() + " does not contain a number", damaged);
        }
    }

    /** Notes the greatest number of an imported session, so that no later session gets it again. */
    public void imported(long session) throws IOException {
        Path temporary = Files.createTempFile(warehouse.path(), ".looks-", ".tmp");
        try {
            Files.writeString(temporary, session + "\n");
            if (temporary.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rw-r--r--"));
            }
            DurableFiles.move(temporary, warehouse.importedLooks());
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
