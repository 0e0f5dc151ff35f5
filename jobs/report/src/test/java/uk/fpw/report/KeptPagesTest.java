package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.site.KeptPages;
import uk.fpw.layout.site.SiteRequest;

/** Which pages lead to those of kept releases, and what these say of themselves. */
class KeptPagesTest {

    private static final LocalDate MADE = LocalDate.of(2016, 1, 13);
    private static final KeptPages.Kept THIS = kept("2016-01-12.1", "inspection-2016", false);

    @TempDir
    private Path folder;

    private SiteRequest request;

    @BeforeEach
    void setUp() throws SQLException, IOException {
        request = TestRelease.of(folder, "2016-01-12")
                .with(
                        "mart.dim_queue",
                        "select 'exams' as queue, 'Devices' as title, 'd' as description, 'device' as item_unit, "
                                + "1 as queue_version, 'a' as entered_by, 'b' as re_entered_by, 'c' as left_by, "
                                + "'whole' as queue_role")
                .with("mart.queue_monthly", """
                        select
                            'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total,
                            date '2015-12-01' as month_start_on, date '2015-12-31' as measured_to_on,
                            103 as waiting_count, true as is_available
                        """)
                .write(folder.resolve("unused"));
    }

    @Test
    void everyCurrentPageLeadsToTheListOfKeptReleases() throws IOException {
        Path site = write("current", KeptPages.Place.CURRENT, List.of());

        assertThat(site.resolve("index.html"))
                .content()
                .contains("<li><a href=\"releases/index.html\">Kept releases</a></li>");
        assertThat(site.resolve("queues/exams.html"))
                .content()
                .contains("<li><a href=\"../releases/index.html\">Kept releases</a></li>")
                .contains("<li>To quote: release 2016-01-12.1, <a href=\"#waiting\">queues/exams.html#waiting</a>. The "
                        + "next release replaces this page. If this one is kept (<code>fpw pin 2016-01-12.1 NAME</code>"
                        + "), it stays at <code>releases/2016-01-12.1/queues/exams.html#waiting</code>.</li>");
        assertThat(site.resolve("releases/index.html")).content().contains("<p>No release is kept yet.</p>");
    }

    @Test
    void listHasEachKeptReleaseAndSaysWhichMustNotBeUsed() throws IOException {
        Path site = write(
                "current",
                KeptPages.Place.CURRENT,
                List.of(THIS, kept("2016-01-11.1", null, false), kept("2015-12-31.2", "year-end", true)));

        assertThat(site.resolve("releases/index.html"))
                .content()
                .containsSubsequence(
                        "<td><a href=\"../releases/2016-01-12.1/index.html\">12 January 2016</a></td>",
                        "<td>2016-01-12.1</td>",
                        "<td>inspection-2016</td>",
                        "<td>valid</td>",
                        "<td>no longer kept: goes with its release</td>",
                        "<td><a href=\"../releases/2015-12-31.2/index.html\">31 December 2015</a></td>",
                        "<td>year-end</td>",
                        "<td>withdrawn: do not use its figures</td>");
    }

    @Test
    void evidenceOfAKeptReleaseLeadsToThePagesThatStay() throws IOException {
        String quoted = "releases/2016-01-12.1/queues/exams.html#waiting</a>. The release is kept, so this address "
                + "stays.</li>";

        assertThat(write("current", KeptPages.Place.CURRENT, List.of(THIS)).resolve("queues/exams.html"))
                .content()
                .contains("<li>To quote: release 2016-01-12.1, "
                        + "<a href=\"../releases/2016-01-12.1/queues/exams.html#waiting\">" + quoted);
        assertThat(write("kept", KeptPages.Place.KEPT, List.of()).resolve("queues/exams.html"))
                .content()
                .contains("<li>To quote: release 2016-01-12.1, <a href=\"#waiting\">" + quoted);
    }

    @Test
    void keptPageSaysThatItIsNotRenewedAndLeadsToTheCurrentOneAndTheList() throws IOException {
        Path site = write("kept", KeptPages.Place.KEPT, List.of());

        assertThat(site.resolve("queues/exams.html"))
                .content()
                .contains("<title>Kept: Devices – ")
                .contains("<aside class=\"kept\" aria-label=\"Age of the figures\">Kept release: figures of 12 January "
                        + "2016, not renewed since</aside>")
                .contains("<div class=\"standing warning\" role=\"status\">\n<p><strong>A kept release, of 12 January "
                        + "2016:</strong> its figures stay as they were published, and later releases are not in them. "
                        + "Current figures: <a href=\"../../../queues/exams.html\">this page now</a>, if there still "
                        + "is one, or <a href=\"../../../index.html\">Today</a>.")
                .contains("<li><a href=\"../../index.html\">Kept releases</a></li>")
                .doesNotContain("Next expected by");
        assertThat(site.resolve("releases")).doesNotExist();
        assertThat(site.resolve("runs")).doesNotExist();
        assertThat(site.resolve("index.html"))
                .content()
                .contains("<a href=\"../../index.html\">this page now</a>")
                .contains("<li><a href=\"../index.html\">Kept releases</a></li>");
    }

    /** A kept release may be older than a queue, and then has no page of it. */
    @Test
    void currentPageLeadsToItselfInTheLatestThreeKeptReleasesThatHaveIt() throws IOException {
        List<KeptPages.Kept> releases = List.of(
                THIS,
                kept("2016-01-11.1", "a", true),
                kept("2016-01-10.1", "b", false),
                kept("2016-01-09.1", "c", false),
                kept("2016-01-08.1", "d", false),
                kept("2016-01-07.1", "e", false),
                kept("2016-01-06.1", "f", false));
        for (KeptPages.Kept release : releases) {
            if (!"c".equals(release.name())) {
                Path pages = new WarehouseFolder(request.warehouse()).keptSite(release.releaseId(), false);
                Files.createDirectories(pages.resolve("queues"));
                Files.createFile(pages.resolve("queues/exams.html"));
            }
        }
        Path site = write("current", KeptPages.Place.CURRENT, releases);

        assertThat(site.resolve("queues/exams.html")).content().contains("""
                        <p>This page in kept releases:
                        <a href="../releases/2016-01-10.1/queues/exams.html">10 January 2016</a>,
                        <a href="../releases/2016-01-08.1/queues/exams.html">8 January 2016</a>,
                        <a href="../releases/2016-01-07.1/queues/exams.html">7 January 2016</a>,
                        <a href="../releases/index.html">all</a>.</p>
                        """);
        assertThat(site.resolve("index.html")).content().doesNotContain("This page in kept releases");
    }

    @Test
    void pagesInAFolderOfTheirOwnLeadToNoOthers() throws IOException {
        assertThat(write("apart", KeptPages.Place.APART, List.of()).resolve("index.html"))
                .content()
                .doesNotContain("Kept releases", "class=\"kept\"");
    }

    private static KeptPages.Kept kept(String release, @Nullable String name, boolean isWithdrawn) {
        ReleaseId id = ReleaseId.of(release);
        return new KeptPages.Kept(id, id.businessDate(), name, isWithdrawn);
    }

    private Path write(String name, KeptPages.Place place, List<KeptPages.Kept> releases) {
        Path into = folder.resolve(name);
        Site.write(new SiteRequest(
                request.warehouse(),
                request.releaseId(),
                into,
                request.audience(),
                request.timeliness(),
                request.quoted(),
                request.operations(),
                request.dictionary(),
                new KeptPages(place, MADE, releases)));
        return into;
    }
}
