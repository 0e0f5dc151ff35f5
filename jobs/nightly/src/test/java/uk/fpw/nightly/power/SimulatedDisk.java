package uk.fpw.nightly.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder on a disk that may lose power: afterwards everything that recorded calls synced is there, and of the rest as
 * much as a file system may have written. Syncing a file does not sync its name, and syncing a folder does not sync the
 * content of its files.
 */
public final class SimulatedDisk {

    /** Which unsynced changes survive the cut. */
    public enum Survivors {
        /** Nothing. */
        SYNCED_ONLY,
        /** All names, no data. */
        NAMES,
        /** All names and lengths, zeros for data. */
        LENGTHS,
        /** All data, no names. */
        DATA,
        /** All names, and of each write all blocks, some or none. */
        SOME
    }

    /** A folder: its entries as programs see them, and as last synced. */
    private static final class Folder {
        private final Map<String, Object> seen = new TreeMap<>();
        private Map<String, Object> synced = Map.of();
    }

    /** A symbolic link. */
    private record Link(String target) {}

    private record Sync(Object what, int mark, Map<String, Object> entries) {}

    private final Path root;
    private final Folder top = new Folder();
    private final Map<String, Sync> syncs = new HashMap<>();

    /** An empty folder with that path. */
    public SimulatedDisk(Path root) {
        this.root = root;
    }

    /** Whether a call concerns this folder. */
    public boolean concerns(SystemCall call) {
        for (String path : paths(call)) {
            if (Path.of(path).startsWith(root) && !isScratch(path)) {
                return true;
            }
        }
        return false;
    }

    /** Belongs to a run, and is used by its processes only. */
    private static boolean isScratch(String path) {
        return path.contains("/spark-local") || path.contains("/audit-scratch") || path.contains("/scratch/");
    }

    /** Applies a call. */
    public void apply(SystemCall call) {
        List<String> paths = paths(call);
        if (call.isSync()) {
            sync(call);
            return;
        }
        switch (call.name()) {
            case "openat", "open", "creat" -> open(call, paths.get(0));
            case "write", "writev" -> file(call).append(written(call));
            case "pwrite64", "pwritev", "pwritev2" -> file(call).write(call.lastNumber(), written(call));
            case "ftruncate" -> file(call).length(call.lastNumber());
            case "truncate" -> ((DiskFile) Objects.requireNonNull(find(paths.get(0)))).length(call.lastNumber());
            case "lseek" -> {
                if (find(call.file()) instanceof DiskFile file) {
                    file.position(call.result());
                }
            }
            case "mkdir", "mkdirat" -> put(paths.get(0), new Folder());
            case "rmdir", "unlink", "unlinkat" -> take(paths.get(0));
            case "rename", "renameat", "renameat2" -> put(paths.get(1), Objects.requireNonNull(take(paths.get(0))));
            case "link", "linkat" -> put(paths.get(1), Objects.requireNonNull(find(paths.get(0))));
            case "symlink", "symlinkat" -> put(paths.get(0), new Link(call.text(0)));
            default -> throw new IllegalStateException("not simulated: " + call.name() + " " + paths);
        }
    }

    private void open(SystemCall call, String path) {
        if (!call.arguments().contains("O_CREAT") && !call.arguments().contains("O_TRUNC")) {
            if (find(path) instanceof DiskFile file) {
                file.position(call.arguments().contains("O_APPEND") ? file.length() : 0);
            }
            return;
        }
        DiskFile file = find(path) instanceof DiskFile there ? there : new DiskFile();
        put(path, file);
        if (call.arguments().contains("O_TRUNC") && file.length() > 0) {
            file.length(0);
        }
        file.position(call.arguments().contains("O_APPEND") ? file.length() : 0);
    }

    private void sync(SystemCall call) {
        if (call.step() == SystemCall.Step.BEGINS) {
            Object what = Path.of(call.file()).equals(root) ? top : find(call.file());
            if (what != null) {
                int mark = what instanceof DiskFile file ? file.mark() : 0;
                syncs.put(
                        call.thread(),
                        new Sync(what, mark, what instanceof Folder f ? new TreeMap<>(f.seen) : Map.of()));
            }
            return;
        }
        Sync sync = syncs.remove(call.thread());
        if (sync != null && sync.what() instanceof DiskFile file) {
            file.sync(sync.mark());
        } else if (sync != null && sync.what() instanceof Folder folder) {
            folder.synced = sync.entries();
        }
    }

    private DiskFile file(SystemCall call) {
        // an open file has data even after its name was removed
        return find(call.file()) instanceof DiskFile file ? file : new DiskFile();
    }

    private static byte[] written(SystemCall call) {
        byte[] all = new byte[(int) call.result()];
        int at = 0;
        for (byte[] part : call.data()) {
            int length = Math.min(part.length, all.length - at);
            System.arraycopy(part, 0, all, at, length);
            at += length;
        }
        if (at < all.length) {
            throw new IllegalStateException("not all data of a write was recorded: " + call.file());
        }
        return all;
    }

    /** The absolute paths in a call. */
    private static List<String> paths(SystemCall call) {
        return switch (call.name()) {
            case "write",
                    "writev",
                    "pwrite64",
                    "pwritev",
                    "pwritev2",
                    "ftruncate",
                    "fsync",
                    "fdatasync",
                    "lseek",
                    "fallocate",
                    "sendfile",
                    "copy_file_range" -> List.of(call.file());
            case "symlink", "symlinkat" -> List.of(absolute(call, 1));
            default -> {
                List<String> paths = new ArrayList<>();
                for (int index = 0; index < call.data().size(); index++) {
                    paths.add(absolute(call, index));
                }
                yield paths;
            }
        };
    }

    private static String absolute(SystemCall call, int index) {
        String path = call.text(index);
        return path.startsWith("/") || call.file().isEmpty()
                ? Path.of(path).normalize().toString()
                : Path.of(call.file()).resolve(path).normalize().toString();
    }

    private @Nullable Object find(String path) {
        Folder folder = parent(path);
        return folder == null ? null : folder.seen.get(name(path));
    }

    private void put(String path, Object node) {
        Folder folder = parent(path);
        if (folder != null) {
            folder.seen.put(name(path), node);
        }
    }

    private @Nullable Object take(String path) {
        Folder folder = parent(path);
        return folder == null ? null : folder.seen.remove(name(path));
    }

    private static String name(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }

    private @Nullable Folder parent(String path) {
        Path folder = Path.of(path).getParent();
        if (folder == null || !folder.startsWith(root)) {
            return null;
        }
        Folder at = top;
        for (Path name : root.relativize(folder)) {
            if (!name.toString().isEmpty()) {
                if (!(at.seen.get(name.toString()) instanceof Folder next)) {
                    return null;
                }
                at = next;
            }
        }
        return at;
    }

    /** Writes what is on the disk if the power is cut now. */
    public void write(Path target, Survivors survivors, Random random) throws IOException {
        Files.createDirectories(target);
        write(top, target, survivors, random);
    }

    private static void write(Folder folder, Path target, Survivors survivors, Random random) throws IOException {
        boolean areNamesSynced = survivors == Survivors.SYNCED_ONLY || survivors == Survivors.DATA;
        for (Map.Entry<String, Object> entry : (areNamesSynced ? folder.synced : folder.seen).entrySet()) {
            Path path = target.resolve(entry.getKey());
            if (entry.getValue() instanceof Folder below) {
                Files.createDirectory(path);
                write(below, path, survivors, random);
            } else if (entry.getValue() instanceof Link link) {
                Files.createSymbolicLink(path, Path.of(link.target()));
            } else if (entry.getValue() instanceof DiskFile file) {
                Files.write(path, content(file, survivors, random));
            }
        }
    }

    private static byte[] content(DiskFile file, Survivors survivors, Random random) {
        return switch (survivors) {
            case SYNCED_ONLY, NAMES -> file.synced();
            case LENGTHS -> file.syncedWithZeros();
            case DATA -> file.written();
            case SOME -> file.some(random);
        };
    }
}
