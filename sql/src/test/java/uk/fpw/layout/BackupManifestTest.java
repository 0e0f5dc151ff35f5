package uk.fpw.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;

class BackupManifestTest {

    private static final FileDigest DIGEST = new FileDigest(3, "0a1b2c3d");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void isReadAsItWasWritten() throws IOException {
        BackupManifest manifest = manifest("data/w/raw/devices/data/a.parquet");
        Path file = Files.write(folder.resolve(BackupManifest.FILE), manifest.toJson());
        assertThat(Files.readString(file)).startsWith("{\n  \"format\" : 1,\n  \"checksum\" : \"");
        assertThat(BackupManifest.read(file)).isEqualTo(manifest);
    }

    /** Earlier versions, which would continue with the old keys, read only format 1. */
    @Test
    void backupOfAWarehouseWithShorterKeysHasAnotherFormat() throws IOException {
        BackupManifest manifest = manifest(KeyFormat.BASE32, Map.of("data/w/a", DIGEST));
        Path file = Files.write(folder.resolve(BackupManifest.FILE), manifest.toJson());
        assertThat(Files.readString(file)).startsWith("{\n  \"format\" : 2,\n  \"checksum\" : \"");
        assertThat(BackupManifest.read(file)).isEqualTo(manifest);
        Files.writeString(file, Files.readString(file).replace("\"format\" : 2", "\"format\" : 9"));
        assertThatThrownBy(() -> BackupManifest.read(file)).hasMessage("format 9 is not 2");
    }

    @Test
    void whatWasChangedInItIsDamage() throws IOException {
        Path file = folder.resolve(BackupManifest.FILE);
        String json = new String(manifest("data/w/a").toJson(), StandardCharsets.UTF_8);
        Files.writeString(file, json.replace("\"bytes\" : 3", "\"bytes\" : 4"));
        assertThatThrownBy(() -> BackupManifest.read(file))
                .isInstanceOf(DamagedFileException.class)
                .hasMessage(file + " is damaged: its content is not what was written");
        Files.writeString(file, json.substring(0, 20));
        assertThatThrownBy(() -> BackupManifest.read(file)).isInstanceOf(DamagedFileException.class);
    }

    /** Anyone who can write to the backup folder can write a manifest with a valid checksum. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../fpw.mv.db",
                "data/../../fpw.mv.db",
                "data/./a",
                "data//a",
                "data/a/",
                "data",
                "",
                "fpw.mv.db",
                "sites/index.html",
                "database/a",
                "data/a\u0000b"
            })
    void nothingOutsideTheFoldersOfTablesAndReleasesIsNamed(String path) {
        assertThatThrownBy(() -> manifest(path))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'" + path + "' is not a path within a warehouse");
    }

    @Test
    void everyFileHasSizeAndChecksum() {
        for (FileDigest digest :
                new FileDigest[] {new FileDigest(-1, "0a1b2c3d"), new FileDigest(1, null), new FileDigest(1, "../a")}) {
            assertThatThrownBy(() -> manifest(KeyFormat.HEX, Map.of("data/a", digest)))
                    .hasMessage("size and checksum of 'data/a': missing");
        }
    }

    @Test
    void idIsTheMomentInUtc() {
        assertThat(BackupManifest.id(Instant.parse("2026-11-23T12:00:00.9Z"))).isEqualTo("2026-11-23T120000Z");
        assertThat(BackupManifest.isId("../2026-11-23T120000Z")).isFalse();
    }

    private static BackupManifest manifest(String path) {
        return manifest(KeyFormat.HEX, Map.of(path, DIGEST));
    }

    private static BackupManifest manifest(KeyFormat keyFormat, Map<String, FileDigest> files) {
        return new BackupManifest(
                "2026-11-23T120000Z",
                "1.0",
                "0054",
                new WarehouseIdentity(
                        UUID.fromString("00000000-0000-0000-0000-000000000001"),
                        "kent",
                        Path.of("/srv/kent"),
                        "data/w",
                        keyFormat,
                        Instant.parse("2026-01-01T00:00:00Z")),
                null,
                null,
                new BackupManifest.Dump(BackupManifest.Dump.EMBEDDED, DIGEST),
                files);
    }
}
