package uk.fpw.nightly.site;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.nightly.program.ScratchFolder;

/** The pages of kept releases, and what readers of the current ones have of them. */
class KeptFoldersTest {

    private static final ReleaseId CURRENT = ReleaseId.of("2016-01-14.1");
    private static final KeptPages.Kept FIRST = kept("2016-01-12.1", false);
    private static final KeptPages.Kept SECOND = kept("2016-01-13.1", false);

    @TempDir
    private Path warehouse;

    private SiteFolder sites;

    @BeforeEach
    void setUp() {
        sites = new SiteFolder(
                warehouse, () -> new PageReaders(null, null, "installation.yml"), Clock.systemUTC(), new Random(1));
    }

    @Test
    void readersHaveTheFilesThatWereMadeOnceUnderTheIdOfTheirRelease() throws IOException {
        keep(FIRST, "first");
        show(List.of(FIRST));
        Path made = warehouse.resolve("sites/kept-2016-01-12.1/index.html");
        Path seen = warehouse.resolve("site/releases/2016-01-12.1/index.html");

        assertThat(seen).hasContent("first").isRegularFile();
        assertThat(Files.isSameFile(made, seen)).isTrue();
        assertThat(warehouse.resolve("site/releases/2016-01-12.1/.audience")).doesNotExist();
        assertThat(areIn(List.of(FIRST))).isTrue();

        show(List.of(FIRST));
        assertThat(Files.isSameFile(made, seen)).isTrue();
    }

    @Test
    void linksHaveTheModesOfTheirPages() throws IOException {
        keep(FIRST, "first");
        show(List.of(FIRST));

        assertThat(mode("site/releases/2016-01-12.1")).isEqualTo("rwx------");
        assertThat(mode("site/releases/2016-01-12.1/index.html")).isEqualTo("rw-------");
    }

    /** A process may be killed after it made them, and before it showed them. */
    @Test
    void pagesWithoutOneOfThemOrWithOneTooManyAreNotUpToDate() throws IOException {
        keep(FIRST, "first");
        show(List.of(FIRST));
        assertThat(areIn(List.of())).isFalse();
        assertThat(areIn(List.of(FIRST, SECOND))).isFalse();

        keep(SECOND, "second");
        assertThat(areIn(List.of(FIRST, SECOND))).isFalse();

        show(List.of(FIRST, SECOND));
        assertThat(areIn(List.of(FIRST, SECOND))).isTrue();
    }

    @Test
    void pagesOfReleasesThatAreNoLongerKeptGo() throws IOException {
        keep(FIRST, "first");
        keep(SECOND, "second");
        sites.kept().deleteOthers(List.of(SECOND));

        assertThat(sites.kept().hasAny(FIRST.releaseId())).isFalse();
        assertThat(sites.kept().has(SECOND, null)).isTrue();
    }

    @Test
    void withdrawnReleaseIsHiddenAtOnceUntilItsPagesSaySo() throws IOException {
        keep(FIRST, "first");
        keep(SECOND, "second");
        show(List.of(FIRST, SECOND));
        KeptPages.Kept withdrawn = kept("2016-01-12.1", true);
        keep(withdrawn, "do not use");

        sites.kept().deleteWithdrawn(List.of(FIRST.releaseId()));

        assertThat(warehouse.resolve("site/releases/2016-01-12.1")).doesNotExist();
        assertThat(warehouse.resolve("site/releases/2016-01-13.1/index.html")).hasContent("second");
        assertThat(areIn(List.of(withdrawn, SECOND))).isFalse();

        show(List.of(withdrawn, SECOND));
        assertThat(warehouse.resolve("site/releases/2016-01-12.1/index.html")).hasContent("do not use");
        assertThat(areIn(List.of(withdrawn, SECOND))).isTrue();
    }

    /** Whoever could put one there could otherwise show readers a file, or have one deleted, outside of the pages. */
    @Test
    void symbolicLinksAreNeitherShownNorFollowed(@TempDir Path outside) throws IOException {
        Path secret = Files.writeString(outside.resolve("index.html"), "of somebody else");
        keep(FIRST, "first");
        keep(SECOND, "second");
        Path link = warehouse.resolve("sites/kept-2016-01-12.1/secret.html");
        Files.createSymbolicLink(link, secret);
        Files.createSymbolicLink(warehouse.resolve("sites/kept-2016-01-11.1"), outside);
        show(List.of(FIRST, SECOND));
        Path shown = warehouse.resolve("site/releases/2016-01-13.1");
        ScratchFolder.delete(shown);
        Files.createSymbolicLink(shown, outside);

        assertThat(warehouse.resolve("site/releases/2016-01-12.1")).isDirectoryContaining("glob:**/index.html");
        assertThat(Files.exists(warehouse.resolve("site/releases/2016-01-12.1/secret.html"), NOFOLLOW_LINKS))
                .isFalse();
        assertThat(sites.kept().has(kept("2016-01-11.1", false), null)).isFalse();

        sites.kept().deleteWithdrawn(List.of(SECOND.releaseId()));
        sites.kept().deleteOthers(List.of());
        assertThat(warehouse.resolve("sites/kept-2016-01-11.1")).doesNotExist();
        assertThat(secret).hasContent("of somebody else");
    }

    @Test
    void pagesForOtherReadersAreMissing() throws IOException {
        keep(FIRST, "first");

        assertThat(sites.kept().has(FIRST, null)).isTrue();
        assertThat(sites.kept().has(FIRST, "others")).isFalse();
    }

    private static KeptPages.Kept kept(String release, boolean isWithdrawn) {
        ReleaseId id = ReleaseId.of(release);
        return new KeptPages.Kept(id, id.businessDate(), "inspection", isWithdrawn);
    }

    private void keep(KeptPages.Kept release, String text) throws IOException {
        Path unfinished = begin(text);
        assertThat(sites.place(unfinished, sites.kept().of(release), null)).isTrue();
        ScratchFolder.delete(unfinished);
    }

    private void show(List<KeptPages.Kept> releases) throws IOException {
        Path unfinished = begin("current");
        Path pages = SiteFolder.pagesIn(unfinished);
        Files.createDirectory(pages.resolve("releases"));
        sites.kept().link(releases, pages);
        assertThat(sites.show(unfinished, CURRENT, null)).isTrue();
        ScratchFolder.delete(unfinished);
    }

    private Path begin(String text) throws IOException {
        Path unfinished = sites.begin();
        Files.createDirectory(SiteFolder.pagesIn(unfinished));
        Files.writeString(SiteFolder.pagesIn(unfinished).resolve("index.html"), text);
        return unfinished;
    }

    private boolean areIn(List<KeptPages.Kept> releases) {
        return sites.kept().areIn(sites.latestPages(), releases, null);
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(warehouse.resolve(file)));
    }
}
