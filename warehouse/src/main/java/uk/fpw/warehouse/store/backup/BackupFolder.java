package uk.fpw.warehouse.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.BackupManifest;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.FilePermissions;

/**
 * A folder of backups of one warehouse. {@code files} contains the files of tables, each stored once for all backups;
 * each backup has a folder with its manifest, the dump of its database and all other files.
 */
public final class BackupFolder {

    private static final String FILES = "files";
    private static final String LOCK = "backup.lock";
    private static final int MOST_NAMED = 20;

    private final Path folder;

    /** The backups in a folder. */
    public BackupFolder(Path folder) {
        this.folder = RealPath.of(folder);
    }

    /** The folder with symbolic links resolved. */
    public Path path() {
        return folder;
    }

    /** The folder of the files of tables, by path relative to the warehouse. */
    Path files() {
        return folder.resolve(FILES);
    }

    /** The folder of everything else in a backup. */
    public Path backup(String id) {
        return folder.resolve(id);
    }

    /** Ids of the complete backups, oldest first. */
    public List<String> ids() {
        return folders().stream()
                .filter(id -> Files.exists(manifest(id), LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** Names of the folders of backups, complete or not, oldest first. */
    List<String> folders() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(BackupManifest::isId)
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list " + folder, failed);
        }
    }

    Path manifest(String id) {
        return backup(id).resolve(BackupManifest.FILE);
    }

    /**
     * Reads the manifest of a backup.
     *
     * @param id id of the backup; null for the latest
     * @throws FpwException with {@code CONFIGURATION} if there is none, with {@code DAMAGED} if its manifest is damaged
     */
    public BackupManifest read(@Nullable String id) {
        List<String> ids = ids();
        if (ids.isEmpty() || (id != null && !ids.contains(id))) {
            throw FpwException.configuration(
                    folder + " has no " + (id == null ? "complete backup" : "complete backup " + id)
                            + (ids.isEmpty() ? "; fpw backup makes one" : "; backups: " + String.join(", ", ids)));
        }
        String chosen = id == null ? ids.get(ids.size() - 1) : id;
        Path file = place(manifest(chosen));
        try {
            BackupManifest manifest = BackupManifest.read(file);
            if (!manifest.id().equals(chosen)) {
                throw new DamagedFileException(file, "it belongs to backup " + manifest.id());
            }
            return manifest;
        } catch (DamagedFileException damaged) {
            throw damaged(chosen, List.of(WrittenFile.Comparison.of(damaged)));
        } catch (IOException unreadable) {
            throw FpwException.unavailable(file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Every file of a warehouse in a backup: from its path in the warehouse to its place in this folder. */
    Map<String, WrittenFile> stored(BackupManifest manifest) {
        Map<String, WrittenFile> stored = new LinkedHashMap<>();
        manifest.files()
                .forEach((path, digest) -> stored.put(
                        path,
                        written(
                                (BackupManifest.isImmutable(path) ? files() : backup(manifest.id())).resolve(path),
                                digest)));
        return stored;
    }

    /** The database dump of a backup. */
    public WrittenFile dump(BackupManifest manifest) {
        return written(
                backup(manifest.id()).resolve(manifest.database().file()),
                manifest.database().digest());
    }

    private WrittenFile written(Path file, FileDigest digest) {
        return new WrittenFile(place(file), digest.bytes(), digest.crc32());
    }

    /** Rejects files outside the folder that a symbolic link leads to. */
    private Path place(Path file) {
        if (!RealPath.of(file).equals(file)) {
            throw FpwException.configuration(
                    file + " is a symbolic link or is reached through one; backups contain none. Nothing was read "
                            + "from it");
        }
        return file;
    }

    /**
     * Verifies every file of a backup.
     *
     * @throws FpwException with {@code DAMAGED} if any is damaged
     */
    public void verify(BackupManifest manifest) {
        List<WrittenFile.Comparison> damaged = Stream.concat(
                        stored(manifest).values().stream(), Stream.of(dump(manifest)))
                .map(BackupFolder::compare)
                .filter(WrittenFile.Comparison::isDamaged)
                .toList();
        if (!damaged.isEmpty()) {
            throw damaged(manifest.id(), damaged);
        }
    }

    static WrittenFile.Comparison compare(WrittenFile file) {
        try {
            return file.compare();
        } catch (IOException failed) {
            return new WrittenFile.Comparison(file, WrittenFile.State.DAMAGED, "it cannot be read: " + failed);
        }
    }

    /** Reports damaged files of a backup. */
    FpwException damaged(String id, List<WrittenFile.Comparison> files) {
        StringBuilder text = new StringBuilder("backup " + id + " in " + folder + " is damaged:");
        files.stream().limit(MOST_NAMED).forEach(file -> text.append("\n  ")
                .append(file.file().path())
                .append(": ")
                .append(file.problem()));
        if (files.size() > MOST_NAMED) {
            text.append("\n  and ").append(files.size() - MOST_NAMED).append(" more");
        }
        List<String> others = ids().stream().filter(other -> !other.equals(id)).toList();
        if (!others.isEmpty()) {
            text.append("\nUse another backup: --backup ID; it has ").append(String.join(", ", others));
        }
        if (files.stream().allMatch(file -> file.file().path().startsWith(files()))) {
            text.append("\nIf the warehouse still has the files, delete them here, and the next fpw backup copies them "
                    + "again");
        }
        return new FpwException(ExitCode.DAMAGED, text.toString());
    }

    /** The exclusive right of one process to write to the folder, until it is closed or the process ends. */
    public record Lock(BackupFolder folder, FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    /**
     * Creates the folder, accessible to its owner only, and locks it against other writers.
     *
     * @throws FpwException with {@code CONFIGURATION} if it contains other files, with {@code LOCK_HELD} if another
     *     backup is being made
     */
    public Lock lock() {
        try {
            Path lock = folder.resolve(LOCK);
            if (Files.isDirectory(folder) && !Files.exists(lock) && !isEmpty()) {
                throw FpwException.configuration(folder + " has other files; name an empty folder for the backups");
            }
            FilePermissions.close(folder, "the folder of backups ");
            FileChannel channel = FileChannel.open(place(lock), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new FpwException(
                        ExitCode.LOCK_HELD, "another backup is being made in " + folder + "; wait until it has ended");
            }
            return new Lock(this, channel);
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    FpwException unwritable(IOException failed) {
        return FpwException.unavailable(
                "the backup in " + folder + " cannot be written: " + failed.getMessage()
                        + "; check its permissions and the free space on its disk, then run again. Earlier backups "
                        + "are intact, and files already copied are not copied again",
                failed);
    }
}
