package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.nightly.program.ScratchFolder;

/**
 * Readers of a warehouse with pages of an earlier version read nothing new until a group is confirmed: by modes and
 * contents of all that its members, and those of the group of the earlier pages, can reach.
 */
class UpgradedPagesTest {

    private static final ReleaseId OLD = ReleaseId.of("2016-01-11.1");
    private static final ReleaseId FIRST = ReleaseId.of("2016-01-12.1");
    private static final ReleaseId SECOND = ReleaseId.of("2016-01-13.1");

    private static final String PAGE = "<!DOCTYPE html>\n<body>\n<header>top</header>\n<main>%s</main>\n</body>\n";

    private static final String LINE = "<div class=\"standing warning\" role=\"status\" id=\"earlier-version\"><p>"
            + "<strong>This page was made by an earlier version of the software and is no longer renewed.</strong> "
            + "There are newer pages, which are not shown here because nobody has confirmed yet who may read them. The "
            + "operator of the warehouse finds what to do with fpw status.</p></div>\n";

    @TempDir
    private Path folder;

    private Path warehouse;
    private GroupMember before;
    private GroupMember reader;
    private PageReaders readers = new PageReaders(null, null, "installation.yml");
    private SiteFolder sites;

    @BeforeEach
    void warehouseOfAnEarlierVersion() throws IOException {
        before = GroupMember.ofOwnGroup(folder);
        reader = GroupMember.ofOtherGroup(folder);
        warehouse = Files.createDirectory(folder.resolve("warehouse"));
        sites = new SiteFolder(warehouse, () -> readers, Clock.systemUTC(), new Random(1));
        Path pages = Files.createDirectories(warehouse.resolve("sites/" + OLD + "-0a1b2c3d"));
        writePages(pages, "fewer than 5");
        Files.createSymbolicLink(warehouse.resolve("site"), Path.of("sites/" + OLD + "-0a1b2c3d"));
        modes(warehouse, "rwxr-x---");
        modes(warehouse.resolve("sites"), "rwxr-x---");
    }

    @Test
    void nobodyReadsNewPagesUntilAGroupIsConfirmed() throws IOException {
        Map<String, String> earlier = before.reads(warehouse);
        assertThat(earlier).containsOnlyKeys(old("index.html"), old("queues/exams.html"), old("site.css"));

        assertThat(show(FIRST, "1")).isTrue();
        assertThat(before.reads(warehouse)).isEqualTo(marked(earlier));
        assertThat(reader.reads(warehouse)).isEqualTo(reader.equals(before) ? marked(earlier) : Map.of());
        assertThat(warehouse.resolve("site-private/index.html")).hasContent(PAGE.formatted("1"));
        assertThat(everythingIn(warehouse.resolve("site-private").toRealPath()))
                .allMatch(path -> mode(path).endsWith("------"));
        assertThat(sites.shown()).isEqualTo(OLD);
        assertThat(sites.latest()).isEqualTo(FIRST);
        assertThat(sites.areForTheirReaders()).isTrue();

        readers = new PageReaders(reader.group(), null, "installation.yml");
        assertThat(show(SECOND, "2")).isTrue();
        assertThat(before.reads(warehouse)).isEqualTo(marked(earlier));
        assertThat(folders()).hasSize(2);

        readers = new PageReaders(reader.group(), "another", "installation.yml");
        assertThat(show(SECOND, "2")).isTrue();
        assertThat(before.reads(warehouse)).isEqualTo(marked(earlier));
    }

    @Test
    void confirmedGroupReadsTheNewPagesExceptThoseOfSingleCases() throws IOException {
        show(FIRST, "1");
        openWay();
        confirm();
        assertThat(sites.areForTheirReaders()).isFalse();

        assertThat(show(FIRST, "1")).isTrue();
        assertThat(inSite(reader.reads(warehouse)))
                .isEqualTo(Map.of(
                        "index.html", PAGE.formatted("1"),
                        "queues/exams.html", PAGE.formatted("1"),
                        "site.css", "body {}"));
        if (!reader.equals(before)) {
            assertThat(before.reads(warehouse)).isEmpty();
        }
        Path pages = warehouse.resolve("site").toRealPath();
        assertThat(mode(pages)).isEqualTo("rwxr-x---");
        assertThat(mode(pages.resolve("index.html"))).isEqualTo("rw-r-----");
        assertThat(mode(pages.resolve("restricted"))).isEqualTo("rwx------");
        assertThat(mode(warehouse.resolve("sites"))).isEqualTo("rwx--x---");
        assertThat(warehouse.resolve("site-private")).doesNotExist();
        assertThat(folders()).hasSize(1);
        assertThat(sites.areForTheirReaders()).isTrue();
    }

    @Test
    void pagesAreClosedToAGroupThatMayNoLongerReadThem() throws IOException {
        openWay();
        confirm();
        show(FIRST, "1");
        Path asked = warehouse.resolve("sites/of-" + FIRST);
        assertThat(place(asked, "1")).isTrue();
        Path askedBefore = Files.createDirectory(warehouse.resolve("sites/of-" + OLD));
        writePages(askedBefore, "fewer than 5");
        assertThat(reader.reads(asked)).isNotEmpty();
        sites.closeToFormerReaders();
        assertThat(reader.reads(asked)).isNotEmpty();

        readers = new PageReaders(reader.group(), null, "installation.yml");
        sites.closeToFormerReaders();
        assertThat(reader.reads(asked)).isEmpty();
        assertThat(reader.reads(warehouse.resolve("site").toRealPath())).isEmpty();
        assertThat(before.reads(askedBefore)).isNotEmpty();

        assertThat(show(SECOND, "2")).isTrue();
        assertThat(warehouse.resolve("site/index.html")).hasContent(PAGE.formatted("2"));
        assertThat(reader.reads(warehouse.resolve("site").toRealPath())).isEmpty();
        assertThat(warehouse.resolve("site-private")).doesNotExist();
    }

    @Test
    void newWarehouseHasOnlyTheLinkForReaders() throws IOException {
        Files.delete(warehouse.resolve("site"));
        assertThat(show(FIRST, "1")).isTrue();
        assertThat(warehouse.resolve("site/index.html")).hasContent(PAGE.formatted("1"));
        assertThat(before.reads(warehouse)).isEmpty();
        assertThat(warehouse.resolve("site-private")).doesNotExist();
    }

    @Test
    void pagesForOthersThanMayReadThemNowAreNotShown() throws IOException {
        Path unfinished = unfinished("1");
        confirm();
        Map<String, String> earlier = before.reads(warehouse);
        assertThat(sites.show(unfinished, FIRST, null)).isFalse();
        assertThat(sites.place(unfinished, folder.resolve("copy"), null)).isFalse();
        assertThat(before.reads(warehouse)).isEqualTo(earlier);
        assertThat(folder.resolve("copy")).doesNotExist();
    }

    @Test
    void withdrawnReleaseIsHiddenUnderBothLinks() throws IOException {
        show(FIRST, "1");
        sites.hide(OLD::equals);
        assertThat(sites.shown()).isEqualTo(FIRST);
        assertThat(before.reads(warehouse)).isEmpty();
        assertThat(folders()).hasSize(1);

        sites.hide(FIRST::equals);
        assertThat(sites.latest()).isNull();
        assertThat(folders()).isEmpty();
    }

    /** Each state that a killed process can leave is that before it, or is corrected by the next one. */
    @Test
    void killedProcessesLeaveNothingOpen() throws IOException {
        Map<String, String> earlier = before.reads(warehouse);
        Map<String, String> marked = marked(earlier);

        // while it marked the earlier pages: one has the line, and a file that should have replaced another remains
        Files.writeString(warehouse.resolve("site/index.html"), marked.get(old("index.html")));
        Files.writeString(warehouse.resolve("site/queues/.exams.html.tmp"), "half");
        modes(warehouse.resolve("site/queues/.exams.html.tmp"), "rw-------");
        // after new pages had their name, and before the link
        Path unlinked = warehouse.resolve("sites/" + FIRST + "-00000000");
        Files.createDirectory(unlinked);
        writePages(unlinked, "1");
        PagePermissions.assign(unlinked, null);
        assertThat(before.reads(warehouse)).containsOnlyKeys(earlier.keySet());
        show(FIRST, "1");
        assertThat(before.reads(warehouse)).isEqualTo(marked);
        assertThat(folders()).hasSize(2);

        // after the link for readers led to new pages, and before the other link was deleted
        openWay();
        confirm();
        Path privatePages = warehouse.resolve("site-private").toRealPath();
        show(SECOND, "2");
        Files.createDirectory(privatePages);
        Files.createSymbolicLink(warehouse.resolve("site-private"), warehouse.relativize(privatePages));
        assertThat(sites.latest()).isEqualTo(SECOND);
        show(SECOND, "2");
        assertThat(Files.isSymbolicLink(warehouse.resolve("site-private"))).isFalse();
        assertThat(folders()).hasSize(1);

        // while it closed them: the folder comes first
        readers = new PageReaders(reader.group(), null, "installation.yml");
        modes(warehouse.resolve("site").toRealPath(), "rwx------");
        assertThat(reader.reads(warehouse)).isEmpty();
    }

    private void confirm() {
        readers = new PageReaders(reader.group(), reader.group(), "installation.yml");
    }

    /** What {@code fpw readers --confirm} asks the operator to do. */
    private void openWay() throws IOException {
        PagePermissions.letPass(warehouse, reader.group());
    }

    private boolean show(ReleaseId release, String figure) throws IOException {
        Path unfinished = unfinished(figure);
        try {
            return sites.show(unfinished, release, readers.group());
        } finally {
            ScratchFolder.delete(unfinished);
        }
    }

    private boolean place(Path target, String figure) throws IOException {
        Path unfinished = unfinished(figure);
        try {
            return sites.place(unfinished, target, readers.group());
        } finally {
            ScratchFolder.delete(unfinished);
        }
    }

    private Path unfinished(String figure) throws IOException {
        Path unfinished = sites.begin();
        writePages(Files.createDirectory(SiteFolder.pagesIn(unfinished)), figure);
        return unfinished;
    }

    /** Pages as the program that makes them leaves them. */
    private static void writePages(Path pages, String figure) throws IOException {
        modes(pages, "rwxr-x---");
        for (String folder : List.of("queues", "restricted")) {
            modes(Files.createDirectory(pages.resolve(folder)), folder.equals("queues") ? "rwxr-x---" : "rwx------");
        }
        for (String page : List.of("index.html", "queues/exams.html")) {
            modes(Files.writeString(pages.resolve(page), PAGE.formatted(figure)), "rw-r-----");
        }
        modes(Files.writeString(pages.resolve("site.css"), "body {}"), "rw-r-----");
        modes(Files.writeString(pages.resolve("restricted/cases.html"), "case 4711"), "rw-------");
    }

    private static String old(String page) {
        return "sites/" + OLD + "-0a1b2c3d/" + page;
    }

    private static Map<String, String> marked(Map<String, String> pages) {
        Map<String, String> marked = new TreeMap<>();
        pages.forEach((page, text) -> marked.put(page, text.replace("</header>\n", "</header>\n" + LINE)));
        return marked;
    }

    private Map<String, String> inSite(Map<String, String> files) {
        Map<String, String> pages = new TreeMap<>();
        files.forEach((file, text) -> pages.put(file.replaceFirst("^sites/[^/]*/", ""), text));
        assertThat(pages.remove(".audience")).isEqualTo(reader.group());
        return pages;
    }

    private List<Path> folders() throws IOException {
        try (Stream<Path> entries = Files.list(warehouse.resolve("sites"))) {
            return entries.filter(Files::isDirectory).toList();
        }
    }

    private static List<Path> everythingIn(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.toList();
        }
    }

    private static Path modes(Path path, String modes) throws IOException {
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(modes));
    }

    private static String mode(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
