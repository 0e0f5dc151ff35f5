package uk.fpw.warehouse.store.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;

/** Which pages an erasure deletes. */
class ErasedFilesTest {

    @TempDir
    private Path warehouse;

    @Test
    void pagesOfKeptReleasesGoAlsoWhereReadersSeeThem() throws IOException {
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        Path made = write(folder.keptSite(ReleaseId.of("2016-01-12.1"), false).resolve("queues/exams.html"));
        Path withdrawn =
                write(folder.keptSite(ReleaseId.of("2016-01-11.1"), true).resolve("index.html"));
        Path list = write(folder.sites().resolve("2016-01-13.1-0123abcd/releases/index.html"));
        Path shown = list.resolveSibling("2016-01-12.1/queues/exams.html");
        Files.createDirectories(shown.getParent());
        Files.createLink(shown, made);

        ErasedFiles.deleteKeptPages(folder);

        assertThat(folder.keptSites()).isEmpty();
        assertThat(folder.linkedKeptSites()).isEmpty();
        assertThat(made).doesNotExist();
        assertThat(withdrawn).doesNotExist();
        assertThat(list.getParent()).isDirectoryNotContaining("glob:**2016*");
        assertThat(list).exists();
    }

    @Test
    void nothingIsDeletedThroughASymbolicLink(@TempDir Path outside) throws IOException {
        Path other = write(outside.resolve("2016-01-12.1/index.html"));
        WarehouseFolder folder = new WarehouseFolder(warehouse);
        Path pages = Files.createDirectories(folder.sites().resolve("2016-01-13.1-0123abcd"));
        Files.createSymbolicLink(pages.resolve("releases"), outside);
        Files.createSymbolicLink(folder.sites().resolve("elsewhere"), outside);
        Files.createSymbolicLink(folder.keptSite(ReleaseId.of("2016-01-12.1"), false), outside);

        ErasedFiles.deleteKeptPages(folder);

        assertThat(other).exists();
        assertThat(folder.keptSites()).isEmpty();
    }

    private static Path write(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "reason of a person");
    }
}
