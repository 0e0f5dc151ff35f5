package uk.fpw.warehouse.store.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseFolder;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.NewDigests;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.FpwException;

/**
 * Copies of files of an object store on this machine, for readers of local files. Files of tables never change, so a
 * copy is right as long as it exists; it appears under its name only when it is complete, with its digest in the list
 * of its table, which readers compare. Safe for several threads and processes.
 */
final class LocalCopies {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);

    private static final int AT_ONCE = 8;
    private static final Set<PosixFilePermission> RIGHTS = PosixFilePermissions.fromString("rw-r-----");
    private static final String UNFINISHED = ".part";

    /** A copy that was used so recently is kept, because another process may be about to read it. */
    private static final Duration IN_USE = Duration.ofHours(24);

    /** The time of use is noted with this precision. */
    private static final Duration NOTED = Duration.ofHours(1);

    private final ObjectStore store;
    private final Path warehouse;
    private final Path folder;
    private final long maxBytes;

    /** A complete copy that has not got its name yet. */
    private record Fetched(Path unfinished, FileDigest digest) {}

    /**
     * The copies of one warehouse.
     *
     * @param folder folder of the copies, within the warehouse folder
     * @param maxBytes the total size to which {@link #tidy} reduces them
     */
    LocalCopies(ObjectStore store, Path warehouse, Path folder, long maxBytes) {
        this.store = store;
        this.warehouse = warehouse;
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    /**
     * Fetches what is not here yet, several files at once.
     *
     * @param wanted path of each copy, with the location of the object
     * @throws FpwException with {@code DAMAGED} if one is missing or not what was written
     */
    void fetch(Map<Path, String> wanted) {
        List<Map.Entry<Path, String>> missing = new ArrayList<>();
        for (Map.Entry<Path, String> one : wanted.entrySet()) {
            if (!isHere(one.getKey())) {
                missing.add(one);
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        Map<Path, Fetched> fetched = new ConcurrentHashMap<>();
        try {
            inParallel(missing.stream()
                    .<Callable<@Nullable Void>>map(one -> () -> {
                        fetched.put(one.getKey(), fetch(one.getKey(), one.getValue()));
                        return null;
                    })
                    .toList());
            // The digests are there before the copies, so that no reader sees one without the other.
            Map<Path, FileDigest> digests = new HashMap<>();
            fetched.forEach((copy, one) -> digests.put(copy, one.digest()));
            NewDigests.writeAll(digests);
            for (Map.Entry<Path, Fetched> one : fetched.entrySet()) {
                Files.move(one.getValue().unfinished(), one.getKey(), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write copies in " + folder + ": " + failed.getMessage(), failed);
        } finally {
            fetched.values().forEach(one -> deleteQuietly(one.unfinished()));
        }
    }

    private Fetched fetch(Path copy, String location) throws IOException {
        Path beside = Objects.requireNonNull(copy.getParent());
        Files.createDirectories(beside);
        Path unfinished = beside.resolve("." + copy.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        boolean isComplete = false;
        try {
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(RIGHTS));
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                FileDigest digest = store.read(location, out).digest();
                isComplete = true;
                return new Fetched(unfinished, digest);
            }
        } catch (FileNotFoundException missing) {
            throw damaged(copy, "it is missing: " + location);
        } catch (ObjectDiffersException differs) {
            throw damaged(copy, differs.getMessage() + ": " + location);
        } finally {
            if (!isComplete) {
                deleteQuietly(unfinished);
            }
        }
    }

    private static FpwException damaged(Path copy, String problem) {
        return Damage.of(
                List.of(new WrittenFile.Comparison(new WrittenFile(copy), WrittenFile.State.DAMAGED, problem)));
    }

    private static void inParallel(List<Callable<@Nullable Void>> tasks) throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, tasks.size()));
        try {
            for (Future<@Nullable Void> one : threads.invokeAll(tasks)) {
                one.get();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were fetched", interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException io) {
                throw io;
            }
            if (failed.getCause() instanceof RuntimeException other) {
                throw other;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean isHere(Path copy) {
        if (!Files.isRegularFile(copy)) {
            return false;
        }
        try {
            Instant now = Instant.now();
            // Not each time: a file with another time counts as unknown to its readers, which then compare it again.
            if (used(copy).isBefore(now.minus(NOTED))) {
                Files.setLastModifiedTime(copy, FileTime.from(now));
            }
            return true;
        } catch (IOException deletedMeanwhile) {
            return Files.isRegularFile(copy);
        }
    }

    /** Deletes a copy if there is one. */
    void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + copy + ", a copy of a deleted file", failed);
        }
    }

    /**
     * Deletes copies of files that are no longer in the store, and what killed processes left to be sent. If the
     * others exceed the limit, those are deleted that were not used for longest; not those of releases that can be
     * queried, and none that was used within a day.
     *
     * @param isStored whether the file of a copy is still in the store
     */
    void tidy(Predicate<Path> isStored) {
        Instant recent = Instant.now().minus(IN_USE);
        List<Path> copies = new ArrayList<>();
        try {
            long bytes = 0;
            for (Path left : files(new WarehouseFolder(warehouse).scratch().resolve(ObjectStores.PART))) {
                if (used(left).isBefore(recent)) {
                    delete(left);
                }
            }
            for (Path file : files(folder)) {
                if (file.toString().endsWith(UNFINISHED)) {
                    if (used(file).isBefore(recent)) {
                        delete(file);
                    }
                } else if (!isStored.test(file)) {
                    delete(file);
                } else {
                    copies.add(file);
                    bytes += Files.size(file);
                }
            }
            Set<Path> needed = bytes > maxBytes ? ofReleases() : Set.of();
            Map<Path, Instant> used = new HashMap<>();
            for (Path copy : copies) {
                used.put(copy, used(copy));
            }
            copies.sort(Comparator.comparing(used::get));
            for (Path copy : copies) {
                if (bytes > maxBytes && !needed.contains(copy) && used(copy).isBefore(recent)) {
                    bytes -= Files.size(copy);
                    delete(copy);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot tidy the copies in " + folder, failed);
        }
    }

    private static List<Path> files(Path top) throws IOException {
        if (!Files.isDirectory(top)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !TableDigests.isList(file))
                    .toList();
        }
    }

    private Set<Path> ofReleases() throws IOException {
        Set<Path> files = new HashSet<>();
        Path releases = new WarehouseFolder(warehouse).releases();
        if (!Files.isDirectory(releases)) {
            return files;
        }
        List<Path> folders;
        try (Stream<Path> entries = Files.list(releases)) {
            folders = entries.filter(Files::isDirectory).toList();
        }
        for (Path folderOfRelease : folders) {
            Path file = new ReleaseFolder(folderOfRelease).releaseFile();
            if (Files.exists(file)) {
                ReleaseFile.read(file).tables().forEach(table -> table.writtenIn(warehouse)
                        .forEach(written -> files.add(written.path())));
            }
        }
        return files;
    }

    private static Instant used(Path copy) throws IOException {
        return Files.getLastModifiedTime(copy).toInstant();
    }

    private static void deleteQuietly(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException remains) {
            LOG.warn("could not delete {}, an unfinished copy; upkeep deletes it tomorrow", unfinished, remains);
        }
    }
}
