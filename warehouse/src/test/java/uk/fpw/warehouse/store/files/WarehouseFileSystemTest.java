package uk.fpw.warehouse.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.testing.SyncedFiles;

class WarehouseFileSystemTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyConfigurationIsItsOwn() {
        WarehouseFileSystem.configuration().set("fs.permissions.umask-mode", "000");

        assertThat(WarehouseFileSystem.configuration().get("fs.permissions.umask-mode"))
                .isEqualTo("027");
    }

    @Test
    void filesDigestsAndFoldersAreForOwnerAndGroupOnly() throws Exception {
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), WarehouseFileSystem.configuration())) {
            assertThat(files).isInstanceOf(WarehouseFileSystem.class);
            write(files, "ware house/mart/a/metadata/1.metadata.json");
        }
        try (Stream<Path> found = Files.walk(folder.resolve("ware house"))) {
            assertThat(found.map(path -> withoutId(path) + " " + rights(path)))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "ware house rwxr-x---",
                            "ware house/mart rwxr-x---",
                            "ware house/mart/a rwxr-x---",
                            "ware house/mart/a/metadata rwxr-x---",
                            "ware house/mart/a/metadata/1.metadata.json rw-r-----",
                            "ware house/mart/a/metadata/ID.digests rw-r-----"));
        }
    }

    @Test
    void folderKeepsTheGroupThatItInherits() throws Exception {
        Files.setAttribute(folder, "unix:mode", 02750);
        Path made = folder.resolve("mart");
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), WarehouseFileSystem.configuration())) {
            files.mkdirs(new org.apache.hadoop.fs.Path(made.toUri()));
        }
        assertThat((int) Files.getAttribute(made, "unix:mode") & 07777).isEqualTo(02750);
    }

    @Test
    void fileSystemThatWasOpenedWithoutTheseSettingsIsForgotten() throws Exception {
        FileSystem.get(folder.toUri(), new Configuration());
        WarehouseFileSystem.forgetOthers();
        assertThat(FileSystem.get(folder.toUri(), WarehouseFileSystem.configuration()))
                .isInstanceOf(WarehouseFileSystem.class);
    }

    @Test
    void closingTheLastFileOfACommitSyncsWhatWasWrittenOfItsTable() throws Exception {
        SyncedFiles.begin(null);
        Configuration configuration = WarehouseFileSystem.configuration();
        configuration.set("fs.file.impl", RecordingFileSystem.class.getName());
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), configuration)) {
            write(files, "raw/b/data/1.parquet");
            write(files, "raw/a/data/1.parquet");
            write(files, "raw/a/data/given-up.parquet");
            files.delete(
                    new org.apache.hadoop.fs.Path(
                            folder.resolve("raw/a/data/given-up.parquet").toUri()),
                    false);
            assertThat(SyncedFiles.all()).isEmpty();

            write(files, "raw/a/metadata/1.metadata.json");
            assertThat(synced())
                    .containsExactlyInAnyOrder(
                            "",
                            "raw",
                            "raw/a",
                            "raw/a/data",
                            "raw/a/data/1.parquet",
                            "raw/a/metadata",
                            "raw/a/metadata/1.metadata.json",
                            "raw/a/metadata/.ID.digests.tmp");

            SyncedFiles.begin(null);
            write(files, "raw/a/metadata/2.metadata.json");
            assertThat(synced())
                    .containsExactlyInAnyOrder(
                            "raw/a/metadata", "raw/a/metadata/2.metadata.json", "raw/a/metadata/.ID.digests.tmp");
        }
    }

    @Test
    void fileThatIsNotWhatWasWrittenCannotBeOpened() throws Exception {
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), WarehouseFileSystem.configuration())) {
            write(files, "raw/a/data/1.parquet");
            write(files, "raw/a/data/2.parquet");
            write(files, "raw/a/metadata/1.metadata.json");
            Path file = folder.resolve("raw/a/data/1.parquet");
            assertThat(read(files, file)).isOne();

            Files.write(file, new byte[] {2});
            for (FileSystem each : List.of(files, FileSystem.newInstance(folder.toUri(), files.getConf()))) {
                assertThatThrownBy(() -> read(each, file))
                        .isInstanceOf(IOException.class)
                        .hasMessage(file + " is damaged: its content is not what was written");
                assertThatThrownBy(() -> each.openFile(new org.apache.hadoop.fs.Path(file.toUri()))
                                .build()
                                .get())
                        .hasRootCauseMessage(file + " is damaged: its content is not what was written");
            }
            Files.write(file, new byte[] {1});
            assertThat(read(files, file)).isOne();
            Files.delete(file);
            assertThatThrownBy(() -> read(files, file)).isInstanceOf(FileNotFoundException.class);
            Files.write(folder.resolve("raw/a/data/2.parquet"), new byte[] {1, 0});
            assertThatThrownBy(() -> read(files, folder.resolve("raw/a/data/2.parquet")))
                    .hasMessageEndingWith("2.parquet is damaged: it has 2 bytes instead of 1");
        }
    }

    /** As written by earlier versions. */
    @Test
    void fileWithHadoopsChecksumsIsComparedWithThem() throws Exception {
        Path file = folder.resolve("raw/a/data/1.parquet");
        try (FileSystem earlier = FileSystem.newInstance(folder.toUri(), new Configuration());
                FileSystem files = FileSystem.newInstance(folder.toUri(), WarehouseFileSystem.configuration())) {
            write(earlier, "raw/a/data/1.parquet");
            assertThat(file.resolveSibling(".1.parquet.crc")).exists();
            write(files, "raw/a/metadata/1.metadata.json");
            assertThat(read(files, file)).isOne();

            Files.write(file, new byte[] {2});
            assertThatThrownBy(() -> read(files, file)).isInstanceOf(ChecksumException.class);
        }
    }

    @Test
    void fileThatIsWrittenAgainIsComparedWithWhatItHoldsNow() throws Exception {
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), WarehouseFileSystem.configuration())) {
            Path file = folder.resolve("raw/a/metadata/1.metadata.json");
            write(files, "raw/a/metadata/1.metadata.json");
            assertThat(read(files, file)).isOne();
            try (OutputStream out = files.create(new org.apache.hadoop.fs.Path(file.toUri()))) {
                out.write(new byte[] {3, 4});
            }
            assertThat(read(files, file)).isEqualTo(3);
        }
    }

    @Test
    void processWhoseFilesAnotherOneCommitsSyncsEachFile() throws Exception {
        SyncedFiles.begin(null);
        Configuration configuration = WarehouseFileSystem.configuration();
        configuration.set("fs.file.impl", RecordingFileSystem.class.getName());
        configuration.setBoolean(WarehouseFileSystem.SYNC_EACH_FILE, true);
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), configuration)) {
            write(files, "raw/1.parquet");
        }
        assertThat(synced()).containsExactlyInAnyOrder("", "raw", "raw/1.parquet", "raw/.1.parquet.crc");
    }

    @Test
    void fileThatCannotBeSyncedCannotBeClosed() throws Exception {
        SyncedFiles.begin(path -> {
            throw new IOException("no space");
        });
        Configuration configuration = WarehouseFileSystem.configuration();
        configuration.set("fs.file.impl", RecordingFileSystem.class.getName());
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), configuration)) {
            assertThatThrownBy(() -> write(files, "raw/a/metadata/1.metadata.json"))
                    .isInstanceOf(IOException.class)
                    .hasMessage("no space");
        }
    }

    private void write(FileSystem files, String name) throws IOException {
        try (OutputStream out =
                files.create(new org.apache.hadoop.fs.Path(folder.resolve(name).toUri()))) {
            out.write(1);
        }
    }

    private static int read(FileSystem files, Path file) throws IOException {
        try (InputStream in = files.open(new org.apache.hadoop.fs.Path(file.toUri()))) {
            return in.read();
        }
    }

    private List<String> synced() {
        return SyncedFiles.all().stream().map(this::withoutId).toList();
    }

    private String withoutId(Path path) {
        return folder.relativize(path).toString().replaceFirst("[0-9a-f-]{36}", "ID");
    }

    private static String rights(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
