package uk.fpw.layout.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void writtenFileReplacesAnEarlierOneAndLeavesNothingBesideIt() throws Exception {
        Path file = folder.resolve("new/folder/current");
        DurableFiles.write(file, new byte[] {1, 2});
        DurableFiles.write(file, new byte[] {3});

        assertThat(Files.readAllBytes(file)).containsExactly(3);
        try (var entries = Files.list(file.getParent())) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void folderIsMovedWithLinksThatLeadNowhere() throws Exception {
        Path finished = Files.createDirectories(folder.resolve("unfinished/pages"));
        Files.writeString(finished.resolve("index.html"), "x");
        Files.createSymbolicLink(finished.resolve("link"), Path.of("nowhere"));

        DurableFiles.move(finished, folder.resolve("finished"));

        assertThat(folder.resolve("finished/index.html")).hasContent("x");
        assertThat(Files.readSymbolicLink(folder.resolve("finished/link"))).isEqualTo(Path.of("nowhere"));
    }

    @Test
    void linkReplacesAnEarlierOne() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("current"), Path.of("old"));
        Path beside = Files.createSymbolicLink(folder.resolve(".current.tmp"), Path.of("new"));

        DurableFiles.move(beside, link);

        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("new"));
    }

    @Test
    void failureNamesTheFile() {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> DurableFiles.sync(List.of(folder, missing)))
                .isInstanceOf(IOException.class)
                .hasMessage(missing + " could not be synced to the disk: " + missing);
    }
}
