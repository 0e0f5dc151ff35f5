package uk.fpw.query.shell;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file in which the shell saves its input, readable only by its user: SQL can contain values about people. */
public final class ShellHistory {

    private static final String FILE = "shell_history";

    private ShellHistory() {}

    /**
     * The history file, created if necessary and readable only by its owner; null, with a warning, if that is
     * impossible.
     *
     * @param elsewhere folders that others read or that are copied to others, in which the file must not be
     */
    static @Nullable Path file(List<Path> elsewhere, PrintWriter err) {
        String state = System.getProperty("fpw.state", "");
        Path folder = state.isBlank()
                ? Path.of(System.getProperty("user.home"), ".local", "state", "fpw")
                : Path.of(state).toAbsolutePath();
        return in(folder, elsewhere, err);
    }

    /** The history file in a folder of the user; null if it cannot be kept private. */
    public static @Nullable Path in(Path folder, List<Path> elsewhere, PrintWriter err) {
        Path file = folder.resolve(FILE);
        try {
            for (Path shared : elsewhere) {
                if (real(folder).startsWith(real(shared))) {
                    warn(err, folder + " lies in " + shared + "; set FPW_STATE to a folder outside of it");
                    return null;
                }
            }
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            if (Files.isSymbolicLink(file)) {
                warn(err, file + " is a symbolic link; remove it");
                return null;
            }
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            return file;
        } catch (IOException failed) {
            warn(err, file + " cannot be written: " + failed.getMessage());
            return null;
        }
    }

    /** The real path, as far as it exists. */
    private static Path real(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        Path there = absolute;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there.toRealPath().resolve(there.relativize(absolute)).normalize();
    }

    private static void warn(PrintWriter err, String reason) {
        err.println("fpw shell: the history is not saved: " + reason);
        err.flush();
    }
}
