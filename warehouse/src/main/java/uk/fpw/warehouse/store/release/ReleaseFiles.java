package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.CheckedFiles;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.TableStorage;

/** Reads and writes the {@link ReleaseFile}s of a warehouse folder. */
public final class ReleaseFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseFiles.class);

    private ReleaseFiles() {}

    /** Path of the file of a release. */
    public static Path path(Path warehouse, ReleaseId releaseId) {
        return new WarehouseFolder(warehouse).release(releaseId).releaseFile();
    }

    /** Writes the file of a release, replacing an existing one atomically. */
    public static void write(Path warehouse, ReleaseFile release) {
        AtomicFile.write(path(warehouse, release.releaseId()), release.toJson());
    }

    /**
     * Reads the file of a release. Throws {@link UncheckedIOException} naming the file if it has another format.
     *
     * @throws FpwException with {@code DAMAGED} if it is missing or damaged
     */
    public static ReleaseFile read(Path warehouse, ReleaseId releaseId) {
        Path file = path(warehouse, releaseId);
        try {
            return ReleaseFile.read(file);
        } catch (DamagedFileException damaged) {
            throw Damage.of(damaged);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Verifies the files of tables of a release. Lost copies of those in an object store are fetched again.
     *
     * @param tables qualified names; tables that the release does not have are ignored
     * @throws FpwException with {@code DAMAGED} if files are missing or damaged
     */
    public static void requireWhole(WarehouseCatalog catalog, ReleaseId releaseId, Collection<String> tables) {
        List<WrittenFile> files = files(read(catalog.warehouse(), releaseId), catalog.warehouse(), tables);
        renewCopies(catalog.storage(), () -> files);
        requireWhole(files);
    }

    /** Fetches lost copies of the files of tables of a release, see {@link TableStorage#renewCopies}. */
    public static void renewCopies(WarehouseCatalog catalog, ReleaseFile release, Collection<String> tables) {
        renewCopies(catalog.storage(), () -> files(release, catalog.warehouse(), tables));
    }

    /**
     * The same for all tables. Where there are no copies, the file of the release is not read.
     *
     * @param warehouse real path of the warehouse folder
     */
    public static void renewCopies(TableStorage storage, Path warehouse, ReleaseId releaseId) {
        renewCopies(storage, () -> {
            ReleaseFile release = read(warehouse, releaseId);
            return files(
                    release,
                    warehouse,
                    release.tables().stream().map(ReleaseFile.Table::name).toList());
        });
    }

    private static List<WrittenFile> files(ReleaseFile release, Path warehouse, Collection<String> tables) {
        return release.tables().stream()
                .filter(table -> tables.contains(table.name()))
                .flatMap(table -> table.writtenIn(warehouse).stream())
                .toList();
    }

    private static void renewCopies(TableStorage storage, Supplier<List<WrittenFile>> files) {
        try {
            storage.renewCopies(files);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a file of the warehouse cannot be read: " + unreadable, unreadable);
        }
    }

    /** Verifies data files, given by absolute path, for which only the checksums beside them are known. */
    public static void requireWhole(Stream<String> paths) {
        requireWhole(paths.distinct().map(Path::of).map(WrittenFile::new).toList());
    }

    /** Verifies any files. */
    public static void requireWhole(List<WrittenFile> files) {
        try {
            List<WrittenFile.Comparison> damaged = CheckedFiles.ofThisUser().damaged(files);
            if (!damaged.isEmpty()) {
                throw Damage.of(damaged);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("a file of the warehouse cannot be read: " + unreadable, unreadable);
        }
    }

    /**
     * Marks tables of a release as expired, before their rows are deleted. A damaged release file is left unchanged.
     *
     * @param names selects qualified table names
     */
    public static void expire(Path warehouse, ReleaseId releaseId, Predicate<String> names) {
        try {
            ReleaseFile file = ReleaseFile.read(path(warehouse, releaseId));
            ReleaseFile expired = file.withExpired(names);
            if (!expired.equals(file)) {
                write(warehouse, expired);
            }
        } catch (IOException unreadable) {
            LOG.warn("release.json of {} cannot be read", releaseId, unreadable);
        }
    }

    /** Whether the rows of a release's table have been deleted; false if its file cannot be read. */
    public static boolean hasExpired(Path warehouse, ReleaseId releaseId, String table) {
        try {
            return ReleaseFile.read(path(warehouse, releaseId)).tables().stream()
                    .anyMatch(one -> one.name().equals(table) && one.expired());
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * Deletes release files of candidates that never became a release. They remain if a run ends between writing the
     * file and making the release current, and readers would take them for releases.
     *
     * @param releaseIds ids of all releases
     */
    public static void keepOnly(Path warehouse, Collection<ReleaseId> releaseIds) {
        Path folder = new WarehouseFolder(warehouse).releases();
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                ReleaseId id = ReleaseId.parse(entry.getFileName().toString());
                if (id != null && !releaseIds.contains(id) && Files.deleteIfExists(path(warehouse, id))) {
                    WithdrawalMarker.delete(warehouse, id);
                    PinFile.delete(warehouse, id);
                    deleteIfEmpty(entry);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot clear " + folder, failed);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (DirectoryNotEmptyException used) {
            // Other files do not belong to fpw.
        }
    }
}
