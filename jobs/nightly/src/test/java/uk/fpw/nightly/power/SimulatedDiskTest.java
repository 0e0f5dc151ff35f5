package uk.fpw.nightly.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.power.SimulatedDisk.Survivors;

class SimulatedDiskTest {

    private static final String CREATED = """
            1 mkdir("/w/d", 0777) = 0
            1 openat(AT_FDCWD</>, "/w/d/a", O_WRONLY|O_CREAT|O_TRUNC, 0666) = 3</w/d/a>
            1 write(3</w/d/a>, "\\x6f\\x6e\\x65", 3) = 3
            """;

    private static final String ALL_SYNCED = CREATED + """
            1 fsync(3</w/d/a>) = 0
            1 fsync(4</w/d>) = 0
            1 fsync(4</w>) = 0
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void ofAFileThatWasNotSyncedTheNameMayBeThereAlone() throws Exception {
        assertThat(after(CREATED, Survivors.SYNCED_ONLY)).isEmpty();
        assertThat(after(CREATED, Survivors.NAMES)).containsExactly("d/a: ");
        assertThat(after(CREATED, Survivors.LENGTHS)).containsExactly("d/a: \0\0\0");
    }

    @Test
    void syncedFileIsLostWithoutItsFolders() throws Exception {
        assertThat(after(CREATED + "1 fsync(3</w/d/a>) = 0\n1 fsync(4</w/d>) = 0\n", Survivors.SYNCED_ONLY))
                .isEmpty();
        assertThat(after(ALL_SYNCED, Survivors.SYNCED_ONLY)).containsExactly("d/a: one");
    }

    @Test
    void renameMayBeThereOrNot() throws Exception {
        String renamed = ALL_SYNCED + """
                1 openat(AT_FDCWD</w>, "/w/d/b", O_WRONLY|O_CREAT, 0666) = 5</w/d/b>
                1 pwrite64(5</w/d/b>, "TWO", 3, 0) = 3
                1 rename("/w/d/b", "/w/d/a") = 0
                """;
        assertThat(after(renamed, Survivors.SYNCED_ONLY)).containsExactly("d/a: one");
        assertThat(after(renamed, Survivors.NAMES)).containsExactly("d/a: ");
        assertThat(after(renamed, Survivors.DATA)).containsExactly("d/a: one");
    }

    @Test
    void whatIsWrittenDuringASyncIsNotCoveredByIt() throws Exception {
        String written = ALL_SYNCED + """
                1 pwrite64(3</w/d/a>, "X", 1, 0) = 1
                1 fdatasync(3</w/d/a> <unfinished ...>
                2 pwrite64(3</w/d/a>, "Y", 1, 2) = 1
                1 <... fdatasync resumed>) = 0
                """;
        assertThat(after(written, Survivors.SYNCED_ONLY)).containsExactly("d/a: Xne");
        assertThat(after(written, Survivors.DATA)).containsExactly("d/a: XnY");
    }

    @Test
    void ofTwoSyncsAtOnceEachCoversWhatWasWrittenBeforeItBegan() throws Exception {
        String written = ALL_SYNCED + """
                1 pwrite64(3</w/d/a>, "X", 1, 0) = 1
                1 fsync(3</w/d/a> <unfinished ...>
                2 pwrite64(3</w/d/a>, "Y", 1, 2) = 1
                2 fsync(3</w/d/a>) = 0
                2 pwrite64(3</w/d/a>, "Z", 1, 1) = 1
                1 <... fsync resumed>) = 0
                """;
        assertThat(after(written, Survivors.SYNCED_ONLY)).containsExactly("d/a: XnY");
    }

    @Test
    void callThatFailedDidNothing() throws Exception {
        assertThat(after(ALL_SYNCED + "1 unlink(\"/w/d/a\") = -1 EACCES (Permission denied)\n", Survivors.NAMES))
                .containsExactly("d/a: one");
    }

    /** The files in {@code /w} after the calls and a cut, with their content. */
    private List<String> after(String calls, Survivors survivors) throws IOException {
        SimulatedDisk disk = new SimulatedDisk(Path.of("/w"));
        SystemCall.read(Files.writeString(folder.resolve("trace"), calls), call -> {
            if (disk.concerns(call)) {
                disk.apply(call);
            }
        });
        Path written = Files.createTempDirectory(folder, "cut");
        disk.write(written, survivors, new Random(1));
        try (Stream<Path> files = Files.walk(written)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> written.relativize(file) + ": " + read(file))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
