package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of releases that are written here. */
class SiteTest {

    private static final String QUEUES = """
            select
                'exams' as queue, 'Devices <script>alert(1)</script> & "more"' as title, 'whole' as queue_role,
                'device' as item_unit, 1 as queue_version, 'Devices.' as description, 'received' as entered_by,
                '-' as re_entered_by, 'examined as examined*' as left_by, date '2016-01-12' as data_as_at,
                '2016-01-12.1' as release_id
            """;

    private static final String DAYS = """
            select
                'exams' as queue, 'device' as item_unit, 'all' as slice, 'all' as slice_value, true as is_total,
                day.day, day.waiting_count, day.past_standard_count, day.due_next_7_days_count,
                day.contributor_count, 31 as oldest_wait_days, date '2016-01-12' as data_as_at,
                '2016-01-12.1' as release_id
            from (
                values
                (date '2016-01-12', 150, 12, 3, 90),
                (date '2016-01-05', 142, 11, 9, 88),
                (date '2015-01-12', 4, 0, 0, 4)
            ) as day (day, waiting_count, past_standard_count, due_next_7_days_count, contributor_count)
            """;

    @TempDir
    private Path folder;

    @Test
    @Tag("time-zone")
    void firstPageSaysWhatWaitsAndWhatIsPastItsStandard() throws IOException, SQLException {
        String page = today(release().with("mart.queue_daily", DAYS));

        assertThat(page)
                .contains("One thing needs attention")
                .contains("12 of 150 devices have waited longer than their standard; a week before it was 11. "
                        + "Fewer than 5 more will be within 7 days unless they leave before.")
                .contains("<td>150</td><td>142</td><td>fewer than 5</td><td>12</td><td>fewer than 5</td><td>31</td>")
                .contains("Figures as at the end of <strong>12 January 2016</strong>. Every feed was complete. "
                        + "Next expected by 07:00 on Thursday 14 January 2016; if it is later than that, this page is "
                        + "out of date.");
    }

    @Test
    void nameOfAQueueIsTextAndNoMarkup() throws IOException, SQLException {
        String page = today(release().with("mart.queue_daily", DAYS).force("A & <b>B</b>"));

        assertThat(page)
                .contains("Devices &lt;script&gt;alert(1)&lt;/script&gt; &amp; \"more\"")
                .contains("A &amp; &lt;b&gt;B&lt;/b&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("<b>");
    }

    @Test
    void releaseWithoutARowHasItsPage() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12")))
                .contains("Nothing was found that needs attention")
                .contains("That is no proof that all is well");
    }

    @Test
    @Tag("time-zone")
    void missingFeedStandsOnThePageAndWarns() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12").feed("exhibits", "2016-01-10")))
                .contains("<div class=\"standing warning\"")
                .contains("Missing: exhibits (complete to 2016-01-10). Figures that need it are not available.");
    }

    @Test
    void heldRowsNeedAttentionAndTheirFeedIsNotCalledComplete() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12")
                        .feed("calls", "2016-01-12")
                        .feed("devices", "2016-01-12", 299)))
                .contains("<div class=\"standing warning\"")
                .contains("Every feed was delivered. Of devices some rows could not be read, so that figures may count "
                        + "what its source no longer has.")
                .contains("One thing needs attention")
                .contains("<a href=\"quality/index.html\">Rows of devices that may be gone</a></h3>\n"
                        + "<p>299 rows were not in the latest delivery of devices and still count, because it has rows "
                        + "whose keys cannot be read.</p>")
                .doesNotContain("Every feed was complete");
    }

    @Test
    void pagesAreForTheGroupAndNameNoOtherAddress() throws IOException, SQLException {
        Path site = folder.resolve("site");
        Site.write(release().with("mart.queue_daily", DAYS).write(site));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(site)))
                .isEqualTo("rwxr-x---");
        try (Stream<Path> files = Files.walk(site)) {
            List<Path> all = files.filter(Files::isRegularFile).toList();
            assertThat(all).isNotEmpty().allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo(file.toString().contains("/site/restricted/") ? "rw-------" : "rw-r-----");
                assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                        .doesNotContain("http:")
                        .doesNotContain("https:")
                        .doesNotContain("style=\"");
            });
        }
    }

    private TestRelease release() {
        return TestRelease.of(folder, "2016-01-12").with("mart.dim_queue", QUEUES);
    }

    private String today(TestRelease release) throws IOException, SQLException {
        Path into = folder.resolve("site");
        Site.write(release.write(into), TestRelease.PAGES);
        return Files.readString(into.resolve("index.html"));
    }
}
