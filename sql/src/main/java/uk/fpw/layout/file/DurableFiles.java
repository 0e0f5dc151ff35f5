package uk.fpw.layout.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Files that are on the disk when a method returns: a loss of power takes neither their content nor their names. A file
 * system promises that only of what was synced, of the file and of the folder that has its name, each by itself.
 */
public final class DurableFiles {

    /** Of syncs that are asked for together, file systems make one: with eight, 16 files take a quarter of the time. */
    private static final int SYNCS_AT_ONCE = 8;

    private DurableFiles() {}

    /** Writes a small file: to a temporary one beside it, which then gets the name. */
    public static void write(Path file, byte[] content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        createDirectories(folder(file));
        Files.write(temporary, content);
        move(temporary, file);
    }

    /**
     * Gives a finished file, folder or link its name, after everything in it was synced. A file or link of that name is
     * replaced; readers find the old one or the new one.
     */
    public static void move(Path finished, Path target) throws IOException {
        sync(tree(finished));
        Files.move(finished, target, StandardCopyOption.ATOMIC_MOVE);
        sync(List.of(folder(target)));
    }

    /** Makes a folder and those above it that do not exist. */
    public static void createDirectories(Path folder) throws IOException {
        Deque<Path> entered = new ArrayDeque<>();
        for (Path missing = folder.toAbsolutePath(); !Files.exists(missing); missing = folder(missing)) {
            entered.push(folder(missing));
        }
        Files.createDirectories(folder);
        sync(entered);
    }

    /** Syncs files and folders, several at once. */
    public static void sync(Collection<Path> paths) throws IOException {
        if (paths.size() <= 1) {
            for (Path path : paths) {
                force(path);
            }
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(paths.size(), SYNCS_AT_ONCE));
        try {
            List<Callable<Void>> syncs = new ArrayList<>();
            for (Path path : paths) {
                syncs.add(() -> {
                    force(path);
                    return null;
                });
            }
            for (Future<Void> sync : threads.invokeAll(syncs)) {
                sync.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while syncing " + paths, interrupted);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What must be synced for a file or folder to be whole; a link has nothing but its name. */
    private static List<Path> tree(Path path) throws IOException {
        try (Stream<Path> entries = Files.walk(path)) {
            return entries.filter(entry -> Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
                            || Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static void force(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException failed) {
            throw new IOException(path + " could not be synced to the disk: " + failed.getMessage(), failed);
        }
    }

    private static Path folder(Path path) {
        return Objects.requireNonNull(path.toAbsolutePath().getParent(), "the root has no folder");
    }
}
