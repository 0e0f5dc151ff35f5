package uk.fpw.warehouse.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.BackupManifest;
import uk.fpw.layout.RealPath;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.file.DurableFiles;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.layout.file.NewDigests;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.privacy.FilePermissions;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.evidence.EvidenceFolder;

/**
 * Restores the files of a backup to an empty warehouse folder. Until {@link #finish}, a marker file records the backup,
 * so that the same command can resume an interrupted restore.
 */
public final class Restore {

    private static final String UNFINISHED = "restore.unfinished";

    private final BackupFolder from;
    private final BackupManifest manifest;
    private final Path warehouse;

    /** A restore of a backup to a folder. */
    public Restore(BackupFolder from, BackupManifest manifest, Path warehouse) {
        this.from = from;
        this.manifest = manifest;
        this.warehouse = RealPath.of(warehouse);
    }

    /**
     * Rejects a pseudonym key other than that of the backup: rows loaded later would not match their items.
     *
     * @param fingerprint fingerprint of the given key; null for none
     */
    public void requireKey(@Nullable String fingerprint) {
        String expected = manifest.keyFingerprint();
        if (expected != null && (fingerprint == null || !Pseudonymiser.isSameKey(expected, fingerprint))) {
            throw FpwException.configuration(
                    "backup " + manifest.id() + " was made with the pseudonym key of fingerprint " + expected + ", and "
                            + (fingerprint == null ? "no key is given" : "the one given has " + fingerprint)
                            + ". The key is in no backup: set FPW_PSEUDONYM_KEY or FPW_PSEUDONYM_KEY_FILE to your copy "
                            + "of it. Nothing was restored");
        }
    }

    /**
     * Rejects a folder that contains anything but the remains of the same restore.
     *
     * @return whether a restore is being resumed
     */
    public boolean requireEmpty() {
        FilePermissions.requireOwnWarehouse(warehouse);
        if (!Files.exists(warehouse)) {
            return false;
        }
        try (Stream<Path> entries = Files.list(warehouse)) {
            boolean isBegun = Files.isRegularFile(unfinished())
                    && Files.readString(unfinished()).equals(manifest.id())
                    && !Files.exists(new WarehouseFolder(warehouse).identityFile());
            if (!isBegun && entries.findAny().isPresent()) {
                throw FpwException.configuration(
                        "the warehouse folder " + warehouse + " is not empty. Nothing was restored. Move what is left "
                                + "of the old warehouse elsewhere, or set another folder (force.yml: "
                                + "storage.warehouse)");
            }
            return isBegun;
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    /**
     * Copies every file.
     *
     * @throws FpwException with {@code DAMAGED} if files of the backup are damaged
     */
    public void copyFiles() {
        try {
            FilePermissions.closeWarehouse(warehouse);
            DurableFiles.write(unfinished(), manifest.id().getBytes(StandardCharsets.UTF_8));
            FileCopy copy = new FileCopy();
            List<WrittenFile.Comparison> damaged = new ArrayList<>();
            for (Map.Entry<String, WrittenFile> file : from.stored(manifest).entrySet()) {
                WrittenFile stored = file.getValue();
                if (stored.compareSize().isDamaged()
                        || copy.copy(
                                        stored.path(),
                                        warehouse.resolve(file.getKey()),
                                        Objects.requireNonNull(manifest.files().get(file.getKey())))
                                .isDamaged()) {
                    damaged.add(BackupFolder.compare(stored));
                }
            }
            WrittenFile.Comparison dump = BackupFolder.compare(from.dump(manifest));
            if (dump.isDamaged()) {
                damaged.add(dump);
            }
            copy.sync();
            new EvidenceFolder(warehouse).close();
            if (!damaged.isEmpty()) {
                throw from.damaged(manifest.id(), damaged);
            }
            writeDigests();
        } catch (IOException failed) {
            throw unwritable(failed);
        }
    }

    private void writeDigests() throws IOException {
        Map<Path, FileDigest> written = new HashMap<>();
        manifest.files().forEach((path, digest) -> {
            Path file = warehouse.resolve(path);
            if (!Files.exists(FileCopy.checksums(file))) {
                written.put(file, digest);
            }
        });
        NewDigests.writeAll(written);
    }

    /** Marks the warehouse as complete and ready for use. */
    public void finish() {
        try {
            Files.deleteIfExists(unfinished());
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot delete " + unfinished(), failed);
        }
    }

    private Path unfinished() {
        return warehouse.resolve(UNFINISHED);
    }

    private FpwException unwritable(IOException failed) {
        return FpwException.unavailable(
                "the warehouse in " + warehouse + " cannot be restored: " + failed
                        + "; check its permissions and the free space on its disk, then run again: it goes on where it "
                        + "ended",
                failed);
    }
}
