package uk.fpw.warehouse.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.BackupManifest;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;
import uk.fpw.warehouse.store.identity.RecordedWarehouse;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.Restrictions;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.schema.Migrations;

/**
 * Makes a backup of a warehouse that may be in use: dumps the database first, then copies every file that the dump
 * refers to. These files never change, and files already in an earlier backup are not read again. The manifest, written
 * last, makes the backup valid.
 */
public final class Backup {

    private final BackupFolder folder;
    private final String softwareVersion;
    private final TableDigests digests = new TableDigests();

    /**
     * Makes backups with this version of the software.
     *
     * @param lock lock of the backup folder, held while this object is used
     */
    public Backup(BackupFolder.Lock lock, String softwareVersion) {
        this.folder = lock.folder();
        this.softwareVersion = softwareVersion;
    }

    /**
     * A completed backup.
     *
     * @param copiedCount number of files not in an earlier backup; {@code copiedBytes} is their size
     * @param damaged report on an earlier backup with a damaged manifest; null if there is none
     */
    public record Result(
            BackupManifest manifest,
            long copiedCount,
            long copiedBytes,
            @Nullable FpwException damaged) {}

    /**
     * The contents of an earlier backup.
     *
     * @param files empty if there is no earlier backup
     */
    private record Earlier(
            Map<String, FileDigest> files, @Nullable FpwException damaged) {}

    /**
     * Creates the folder of a new backup, for the dump, and deletes the remains of interrupted backups.
     *
     * @return id of the new backup
     */
    public String begin(Instant now) {
        String id = BackupManifest.id(now);
        List<String> complete = folder.ids();
        try {
            for (String left : folder.folders()) {
                if (!complete.contains(left)) {
                    delete(folder.backup(left));
                }
            }
            if (complete.contains(id)) {
                throw FpwException.unavailable("backup " + id + " was made within this second; run again");
            }
            DurableFiles.createDirectories(folder.backup(id));
            return id;
        } catch (IOException failed) {
            throw folder.unwritable(failed);
        }
    }

    /**
     * Completes a backup after its dump was written.
     *
     * @param dumped a transaction with the same snapshot as the dump
     * @param warehouse folder of the warehouse
     * @throws FpwException with {@code CONFIGURATION} if the folder has backups of another warehouse, with
     *     {@code DAMAGED} if a file is missing or damaged: while the warehouse is in use, a run may have just deleted
     *     it, in which case a new dump helps
     */
    public Result complete(String id, Path warehouse, Connection dumped, String dump) throws SQLException {
        RecordedWarehouse recorded = RecordedWarehouse.read(dumped);
        if (!recorded.identity().path().equals(warehouse)) {
            throw FpwException.configuration(
                    "the warehouse belongs to " + recorded.identity().path() + ", but is used in " + warehouse
                            + "; run fpw relocate before a backup");
        }
        Earlier earlier = earlier(recorded);
        List<Path> sources = new ArrayList<>(recorded.files());
        Map<Path, FileDigest> sealed = new HashMap<>();
        Restrictions.sealed(dumped)
                .forEach((restriction, digest) -> sealed.put(new EvidenceFolder(warehouse).file(restriction), digest));
        sources.addAll(sealed.keySet());
        for (ReleaseId release : Releases.ids(dumped)) {
            Path file = ReleaseFiles.path(warehouse, release);
            if (Files.exists(file)) {
                sources.add(file);
            }
        }
        try {
            FileCopy copy = new FileCopy();
            Map<String, FileDigest> files = new TreeMap<>();
            for (Path source : sources) {
                String path = warehouse.relativize(source).toString();
                files.put(path, store(id, path, source, sealed.get(source), earlier.files(), copy));
            }
            copy.sync();
            BackupManifest manifest = new BackupManifest(
                    id,
                    softwareVersion,
                    Migrations.latest(dumped),
                    recorded.identity(),
                    keyFingerprint(dumped, recorded),
                    Releases.currentId(dumped),
                    new BackupManifest.Dump(
                            dump, FileDigest.ofContent(folder.backup(id).resolve(dump))),
                    files);
            DurableFiles.sync(List.of(folder.backup(id).resolve(dump)));
            DurableFiles.write(folder.manifest(id), manifest.toJson());
            return new Result(manifest, copy.count(), copy.bytes(), earlier.damaged());
        } catch (IOException failed) {
            throw folder.unwritable(failed);
        }
    }

    /**
     * The fingerprint recorded by the releases or, before the first release, by the loads. Null if no key was needed.
     */
    private static @Nullable String keyFingerprint(Connection dumped, RecordedWarehouse recorded) throws SQLException {
        String released = Releases.keyFingerprint(dumped);
        return released != null
                ? released
                : recorded.metadata().entrySet().stream()
                        .filter(table -> table.getKey().startsWith(WarehouseCatalog.RAW + "."))
                        .map(table -> Load.keyFingerprint(table.getValue()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
    }

    /** The latest backup with an undamaged manifest. Fails if the folder has backups of another warehouse. */
    private Earlier earlier(RecordedWarehouse recorded) {
        List<String> ids = folder.ids();
        FpwException damaged = null;
        for (int last = ids.size() - 1; last >= 0; last--) {
            try {
                BackupManifest manifest = folder.read(ids.get(last));
                requireSame(recorded, manifest);
                return new Earlier(manifest.files(), damaged);
            } catch (FpwException failed) {
                if (failed.exitCode() != ExitCode.DAMAGED) {
                    throw failed;
                }
                damaged = damaged == null ? failed : damaged;
            }
        }
        return new Earlier(Map.of(), damaged);
    }

    private void requireSame(RecordedWarehouse recorded, BackupManifest latest) {
        if (!latest.warehouse().id().equals(recorded.identity().id())) {
            throw FpwException.configuration(folder.path() + " has backups of warehouse "
                    + latest.warehouse().id() + " (force "
                    + latest.warehouse().forceCode() + "), and this one is "
                    + recorded.identity().id() + "; use a folder of its own");
        }
    }

    /** @param recorded what the file was when it was written, if the database says so; null otherwise */
    private FileDigest store(
            String id,
            String path,
            Path source,
            @Nullable FileDigest recorded,
            Map<String, FileDigest> earlier,
            FileCopy copy)
            throws IOException {
        boolean isImmutable = BackupManifest.isImmutable(path);
        Path target = (isImmutable ? folder.files() : folder.backup(id)).resolve(path);
        FileDigest known = isImmutable ? earlier.get(path) : null;
        if (known != null && Files.exists(target) && Files.size(target) == known.bytes()) {
            return known;
        }
        try {
            FileDigest written = recorded != null ? recorded : digests.ofWritten(source);
            FileDigest digest = written.crc32() == null ? FileDigest.ofContent(source) : written;
            if (copy.copy(source, target, digest).isDamaged()) {
                throw damaged(source, digest, target);
            }
            return digest;
        } catch (DamagedFileException damaged) {
            throw Damage.of(damaged);
        } catch (NoSuchFileException gone) {
            throw Damage.of(new DamagedFileException(source, "it is missing"));
        }
    }

    private FpwException damaged(Path source, FileDigest digest, Path target) throws IOException {
        WrittenFile.Comparison found = new WrittenFile(source, digest.bytes(), digest.crc32()).compare();
        return found.isDamaged()
                ? Damage.of(List.of(found))
                : folder.unwritable(new IOException(target + " does not hold what was written to it"));
    }

    /**
     * Deletes backups started before a given time, and the files that no other backup needs. The latest backup is
     * always kept.
     *
     * @return ids of the deleted backups
     */
    public List<String> prune(Instant before) {
        List<String> ids = folder.ids();
        List<String> old = ids.stream()
                .limit(Math.max(0, ids.size() - 1))
                .filter(id -> id.compareTo(BackupManifest.id(before)) < 0)
                .toList();
        Set<Path> needed = new HashSet<>();
        for (String id : ids) {
            if (!old.contains(id)) {
                folder.stored(folder.read(id)).values().forEach(file -> {
                    needed.add(file.path());
                    needed.add(FileCopy.checksums(file.path()));
                });
            }
        }
        try {
            for (String id : old) {
                // Without the manifest the rest is no longer a backup, even if deleting it is interrupted.
                Files.delete(folder.manifest(id));
                delete(folder.backup(id));
            }
            deleteOthers(needed);
        } catch (IOException failed) {
            throw folder.unwritable(failed);
        }
        return old;
    }

    private void deleteOthers(Set<Path> needed) throws IOException {
        if (!Files.isDirectory(folder.files())) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder.files())) {
            for (Path file : entries.filter(Files::isRegularFile).toList()) {
                if (!needed.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> entries = Files.walk(directory)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }
}
