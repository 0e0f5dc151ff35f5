package uk.fpw.warehouse.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.BackupManifest;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

class BackupFolderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String OLD = "2026-10-01T120000Z";
    private static final String NEW = "2026-11-22T120000Z";

    @TempDir
    private Path temporary;

    private Path folder;
    private BackupFolder backups;

    /** The older has files a and b, the newer b and c. */
    @BeforeEach
    void twoBackups() throws IOException {
        folder = temporary.toRealPath().resolve("backups");
        backups = new BackupFolder(folder);
        backups.lock().close();
        backup(OLD, "data/w/a", "data/w/b");
        backup(NEW, "data/w/b", "data/w/c");
    }

    private void backup(String id, String... paths) throws IOException {
        Map<String, FileDigest> files = new TreeMap<>();
        for (String path : paths) {
            files.put(path, write(folder.resolve("files").resolve(path)));
        }
        String release = "releases/2026-11-22.1/release.json";
        files.put(release, write(folder.resolve(id).resolve(release)));
        FileDigest dump = write(folder.resolve(id).resolve("database.zip"));
        Files.write(
                folder.resolve(id).resolve("manifest.json"),
                new BackupManifest(
                                id,
                                "1.0",
                                "0054",
                                new WarehouseIdentity(
                                        new UUID(0, 1),
                                        "kent",
                                        Path.of("/srv/kent"),
                                        "data/w",
                                        KeyFormat.HEX,
                                        Instant.EPOCH),
                                null,
                                null,
                                new BackupManifest.Dump("database.zip", dump),
                                files)
                        .toJson());
    }

    private static FileDigest write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.valueOf(file.getFileName()));
        return FileDigest.ofContent(file);
    }

    @Test
    void latestIsReadUnlessAnotherIsNamed() {
        assertThat(backups.ids()).containsExactly(OLD, NEW);
        assertThat(backups.read(null).id()).isEqualTo(NEW);
        assertThat(backups.read(OLD).id()).isEqualTo(OLD);
        backups.verify(backups.read(OLD));
        assertFails(
                () -> backups.read("../" + OLD),
                ExitCode.CONFIGURATION,
                folder + " has no complete backup ../" + OLD + "; backups: " + OLD + ", " + NEW);
    }

    @Test
    void folderWithoutAManifestIsNoBackup() throws IOException {
        Files.delete(folder.resolve(NEW).resolve("manifest.json"));
        assertThat(backups.read(null).id()).isEqualTo(OLD);
        Files.delete(folder.resolve(OLD).resolve("manifest.json"));
        assertFails(
                () -> backups.read(null),
                ExitCode.CONFIGURATION,
                folder + " has no complete backup; fpw backup makes one");
    }

    @Test
    void whatASymbolicLinkHasPutElsewhereIsNotRead() throws IOException {
        Path elsewhere = Files.writeString(temporary.toRealPath().resolve("secret"), "b");
        Path file = folder.resolve("files/data/w/b");
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertFails(
                () -> backups.verify(backups.read(NEW)),
                ExitCode.CONFIGURATION,
                file + " is a symbolic link or is reached through one; backups contain none. Nothing was read from it");
    }

    @Test
    void manifestOfAnotherBackupIsDamage() throws IOException {
        Path file = folder.resolve(NEW).resolve("manifest.json");
        Files.write(file, Files.readAllBytes(folder.resolve(OLD).resolve("manifest.json")));
        assertFails(
                () -> backups.read(NEW),
                ExitCode.DAMAGED,
                "backup " + NEW + " in " + folder + " is damaged:\n  " + file + ": it belongs to backup " + OLD
                        + "\nUse another backup: --backup ID; it has " + OLD);
    }

    @Test
    void oldBackupsGoWithTheFilesThatNoOtherNeeds() {
        try (BackupFolder.Lock lock = backups.lock()) {
            assertThat(new Backup(lock, "1.0").prune(NOW.minusSeconds(30 * 86_400L)))
                    .containsExactly(OLD);
            assertThat(new Backup(lock, "1.0").prune(NOW)).as("the latest").isEmpty();
        }
        assertThat(folder.resolve(OLD)).doesNotExist();
        assertThat(folder.resolve("files/data/w/a")).doesNotExist();
        backups.verify(backups.read(NEW));
    }

    @Test
    void oneProcessWritesAndOnlyToAFolderOfBackups() {
        try (BackupFolder.Lock lock = backups.lock()) {
            assertFails(
                    backups::lock,
                    ExitCode.LOCK_HELD,
                    "another backup is being made in " + lock.folder().path() + "; wait until it has ended");
        }
        assertFails(
                () -> new BackupFolder(temporary).lock(),
                ExitCode.CONFIGURATION,
                temporary + " has other files; name an empty folder for the backups");
    }

    @Test
    void filesThatAKilledBackupLeftAreDeletedAndThoseOfTablesUsed() throws IOException {
        Files.delete(folder.resolve(NEW).resolve("manifest.json"));
        try (BackupFolder.Lock lock = backups.lock()) {
            assertThat(new Backup(lock, "1.0").begin(NOW)).isEqualTo("2026-11-23T120000Z");
        }
        assertThat(folder.resolve(NEW)).doesNotExist();
        Path source = Files.createDirectories(temporary.resolve("warehouse")).resolve("c");
        FileDigest digest = write(source);
        FileCopy copy = new FileCopy();
        assertThat(copy.copy(source, folder.resolve("files/data/w/c"), digest).isDamaged())
                .isFalse();
    }

    private static void assertFails(ThrowableAssert.ThrowingCallable call, ExitCode code, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(code))
                .hasMessage(message);
    }
}
