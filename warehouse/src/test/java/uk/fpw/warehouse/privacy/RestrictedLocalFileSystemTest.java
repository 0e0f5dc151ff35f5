package uk.fpw.warehouse.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestrictedLocalFileSystemTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void everyConfigurationIsItsOwn() {
        RestrictedLocalFileSystem.configuration().set("fs.permissions.umask-mode", "000");

        assertThat(RestrictedLocalFileSystem.configuration().get("fs.permissions.umask-mode"))
                .isEqualTo("027");
    }

    @Test
    void filesChecksumsAndFoldersAreForOwnerAndGroupOnly() throws Exception {
        Path file = folder.resolve("ware house/mart/a.parquet");
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), RestrictedLocalFileSystem.configuration());
                OutputStream out = files.create(new org.apache.hadoop.fs.Path(file.toUri()))) {
            assertThat(files).isInstanceOf(RestrictedLocalFileSystem.class);
            out.write(1);
        }
        try (Stream<Path> found = Files.walk(folder.resolve("ware house"))) {
            assertThat(found.map(path -> folder.relativize(path) + " " + rights(path)))
                    .containsExactlyInAnyOrderElementsOf(List.of(
                            "ware house rwxr-x---",
                            "ware house/mart rwxr-x---",
                            "ware house/mart/a.parquet rw-r-----",
                            "ware house/mart/.a.parquet.crc rw-r-----"));
        }
    }

    @Test
    void folderKeepsTheGroupThatItInherits() throws Exception {
        Files.setAttribute(folder, "unix:mode", 02750);
        Path made = folder.resolve("mart");
        try (FileSystem files = FileSystem.newInstance(folder.toUri(), RestrictedLocalFileSystem.configuration())) {
            files.mkdirs(new org.apache.hadoop.fs.Path(made.toUri()));
        }
        assertThat((int) Files.getAttribute(made, "unix:mode") & 07777).isEqualTo(02750);
    }

    @Test
    void fileSystemThatWasOpenedWithoutTheseSettingsIsForgotten() throws Exception {
        FileSystem.get(folder.toUri(), new Configuration());
        RestrictedLocalFileSystem.forgetOthers();
        assertThat(FileSystem.get(folder.toUri(), RestrictedLocalFileSystem.configuration()))
                .isInstanceOf(RestrictedLocalFileSystem.class);
    }

    private static String rights(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
