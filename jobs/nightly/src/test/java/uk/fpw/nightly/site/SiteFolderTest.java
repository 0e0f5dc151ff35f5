package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.program.ScratchFolder;
import uk.fpw.warehouse.failure.FpwException;

/** Which pages readers see, whatever was killed before. */
@Tag("time-zone")
class SiteFolderTest {

    private static final ReleaseId FIRST = ReleaseId.of("2016-01-12.1");
    private static final ReleaseId SECOND = ReleaseId.of("2016-01-13.1");

    @TempDir
    private Path warehouse;

    private SiteFolder sites;

    @BeforeEach
    void setUp() {
        sites = at(Instant.now());
    }

    @Test
    void readersSeeThePagesOfTheLatestAndNothingElseRemains() throws IOException {
        show(FIRST, "first");
        show(SECOND, "second");

        assertThat(sites.shown()).isEqualTo(SECOND);
        assertThat(warehouse.resolve("site/index.html")).hasContent("second");
        assertThat(folders()).hasSize(1).allMatch(name -> name.startsWith("2016-01-13.1-"));
    }

    @Test
    void pagesThatAreNotFinishedAreNotSeen() throws IOException {
        show(FIRST, "first");
        Path unfinished = sites.begin();
        Files.createDirectory(SiteFolder.pagesIn(unfinished));

        assertThat(sites.shown()).isEqualTo(FIRST);
        assertThat(warehouse.resolve("site/index.html")).hasContent("first");
    }

    @Test
    void whatAKilledProcessLeftIsDeletedAfterAnHourAndNotBefore() throws IOException {
        Path killed = sites.begin();
        show(FIRST, "first");
        assertThat(killed).exists();

        sites = at(Instant.now().plusSeconds(3700));
        show(SECOND, "second");
        assertThat(killed).doesNotExist();
    }

    @Test
    void hiddenPagesAreGone() throws IOException {
        show(FIRST, "first");
        sites.hide();

        assertThat(sites.shown()).isNull();
        assertThat(warehouse.resolve("site")).doesNotExist();
        assertThat(folders()).isEmpty();
    }

    @Test
    void linkToPagesThatSomebodyDeletedCountsAsNone() throws IOException {
        show(FIRST, "first");
        ScratchFolder.delete(warehouse.resolve("sites"));

        assertThat(sites.shown()).isNull();
        show(FIRST, "again");
        assertThat(warehouse.resolve("site/index.html")).hasContent("again");
    }

    @Test
    void folderOfAUserIsNotReplaced() throws IOException {
        Files.createDirectories(warehouse.resolve("site"));
        Files.writeString(warehouse.resolve("site/notes.txt"), "mine");

        assertThatThrownBy(() -> show(FIRST, "first"))
                .isInstanceOf(FpwException.class)
                .hasMessage(warehouse.resolve("site")
                        + " is not a link that fpw has made; move it away, then run fpw report");
        assertThat(warehouse.resolve("site/notes.txt")).hasContent("mine");
    }

    private SiteFolder at(Instant now) {
        return new SiteFolder(
                warehouse,
                () -> new PageReaders(null, null, "installation.yml"),
                Clock.fixed(now, ZoneOffset.UTC),
                new Random(now.getEpochSecond()));
    }

    private void show(ReleaseId release, String text) throws IOException {
        Path unfinished = sites.begin();
        Path pages = Files.createDirectory(SiteFolder.pagesIn(unfinished));
        Files.writeString(pages.resolve("index.html"), text);
        assertThat(sites.show(unfinished, release, null)).isTrue();
        ScratchFolder.delete(unfinished);
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> entries = Files.list(warehouse.resolve("sites"))) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(".lock"))
                    .toList();
        }
    }
}
