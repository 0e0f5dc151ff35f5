package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.site.Operations;

/** The pages of releases that the test writes. */
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
                .containsOnlyOnce("<p class=\"rule\">")
                .contains("12 of 150 devices have waited longer than their standard, the longest for 31 days; a week "
                        + "before it was 11. 3 more will be within 7 days unless they leave before.")
                .contains("<td>150</td><td>142</td><td>4</td><td>12</td><td>3</td><td>31</td>")
                .contains("Figures as at the end of <strong>12 January 2016</strong>. Every feed was complete to that "
                        + "day. "
                        + "Next expected by 07:00 on Thursday 14 January 2016; if it is later than that, this "
                        + "page is "
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
    void pagesNameTheirMarkingAndTheirReadersAtHeadAndFoot() throws IOException, SQLException {
        String owner = "<p class=\"marking\">OFFICIAL-SENSITIVE – only for the user of the nightly run. "
                + "Not to be passed on.</p>\n";
        String group = "<p class=\"marking\">OFFICIAL-SENSITIVE – only for members of the group &lt;perf&gt;. "
                + "Not to be passed on.</p>\n";

        assertThat(today(release()))
                .contains("<header class=\"top\">\n" + owner)
                .contains(owner + "</footer>");
        assertThat(today(release().readers("<perf>"), "again"))
                .contains("<header class=\"top\">\n" + group)
                .contains(group + "</footer>")
                .doesNotContain("nightly run.");
    }

    /** Pages are copied to readers to whom an account of the operating system means nothing. */
    @Test
    void whatWasAcceptedAndWithdrawnIsToldWithItsReasonAndWithoutTheAccount() throws IOException, SQLException {
        String page = today(release()
                .accepted(new ReleasedAcceptance(
                        "exhibits",
                        "deleted",
                        LocalDate.of(2016, 1, 12),
                        "996 of 1,002 rows deleted (99.4 %)",
                        "the archive was cleared (all of it)",
                        "Ann (admin)"))
                .withdrawn("bob: night shift", "counted twice"));

        assertThat(page)
                .contains("Accepted for this release: exhibits:deleted of 2016-01-12 (996 of 1,002 rows deleted "
                        + "(99.4 %)), because the archive was cleared (all of it)</p>")
                .contains("on 2016-01-13: counted twice")
                .doesNotContain("Ann", "bob");
    }

    @Test
    void releaseWithoutARowHasItsPage() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12")))
                .contains("No rule found anything. Rules see only what is recorded.")
                .doesNotContain("<p class=\"rule\">");
    }

    @Test
    @Tag("time-zone")
    void missingFeedStandsOnThePageAndWarns() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12").feed("exhibits", "2016-01-10")))
                .contains("<div class=\"standing warning\"")
                .contains("Missing: exhibits (complete to 2016-01-10). Figures that need it are not available.");
    }

    @Test
    void deliveryWithOldContentIsNotCalledOneThatWasNotDue() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12")
                        .feed("audits", "2016-01-11", DeliveryState.NOT_DUE)
                        .feed("devices", "2016-01-10", DeliveryState.OLD_CONTENT)))
                .contains("No feed is missing; no later delivery was due for audits (complete to "
                        + "2016-01-11); the latest delivery has no newer data of devices (complete to 2016-01-10). "
                        + "Next expected");
    }

    @Test
    void heldRowsNeedAttentionAndTheirFeedIsNotCalledComplete() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12")
                        .feed("calls", "2016-01-12")
                        .feed("devices", "2016-01-12", 299)))
                .contains("<div class=\"standing warning\"")
                .contains(
                        "Every feed was delivered to that day. Some rows of devices could not be read, so figures may "
                                + "count "
                                + "rows that the source no longer has.")
                .containsOnlyOnce("<p class=\"rule\">")
                .contains("<a href=\"quality/index.html\">Rows of devices that may be gone</a></h3>\n"
                        + "<p>299 rows were not in the latest delivery of devices and still count, because it has rows "
                        + "whose keys cannot be read.</p>")
                .doesNotContain("Every feed was complete");
    }

    /** Three rows break a rule, five have dates only in 2062, and a waiting device is closed in 2062. */
    @Test
    void whatIsAheadIsToldApartFromWhatIsExcluded() throws IOException, SQLException {
        TestRelease ahead = release()
                .with("mart.queue_daily", DAYS.replace("day.day,", "day.day, 8 as closed_ahead_count,"))
                .with("mart.queue_monthly", """
                        select
                            'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total,
                            date '2016-01-01' as month_start_on, date '2016-01-12' as measured_to_on,
                            150 as waiting_count, 90 as contributor_count, true as is_available,
                            '2016-01-12.1' as release_id
                        """)
                .accounts(new Operations.Account(
                        "devices",
                        70,
                        50,
                        List.of(new Operations.Count("TOO_EARLY", 3)),
                        5,
                        12,
                        2,
                        4,
                        List.of(new Operations.Count("received_on", 5))));
        assertThat(today(ahead))
                .contains("8 loaded rows are in no figure, because of what was recorded, 5 of them with dates in the "
                        + "future only: Data quality has the reasons.")
                .contains(", still waiting although closed on a future date: 8.");
        assertThat(Files.readString(folder.resolve("site/quality/index.html")))
                .contains(TestRelease.row("Devices", "70", "50", "3", "5", "12", "2", "4"))
                .contains(TestRelease.row("Devices", "Received on", "5"))
                .contains("Still waiting although closed on a future date");
        assertThat(Files.readString(folder.resolve("site/queues/exams.html")))
                .contains("Still waiting although closed on a future date: 8 of them.");
    }

    @Test
    void whatTheAuditFoundInTheRowsOfAFeedNeedsAttention() throws IOException, SQLException {
        assertThat(today(TestRelease.of(folder, "2016-01-12")
                        .finding("2016-01-12", "devices", "UNLISTED_CODE", 3)
                        .finding("2016-01-12", "devices", "LEFT_OUT", 7)
                        .finding("2016-01-12", "devices", "UNLISTED_CODE", 99) // of a run before
                        .finding("2016-01-11", "calls", "CODES_AND_EVENTS", 5)))
                .containsOnlyOnce("<p class=\"rule\">")
                .contains("<a href=\"quality/index.html#tests\">Codes of devices</a></h3>\n"
                        + "<p>3 rows of devices with a code that its feed does not list, so that what happened may be "
                        + "missing here; if a rule leaves out their items, every row of these is counted as "
                        + "excluded.</p>");
    }

    @Test
    void itemsWithoutTheirCaseStandWhereTheSilenceOfCasesDoes() throws IOException, SQLException {
        TestRelease cases = TestRelease.of(folder, "2016-01-12")
                .finding("2016-01-12", "milestones/children", "LINKED_TO_A_CASE_DEVICE", 3047, 4000L)
                .with("mart.case_silence_count", """
                        select
                            'children' as milestones, 1 as milestones_version, 'Children' as milestones_title,
                            91 as silent_over_days, 7 as open_case_count, 5 as silent_case_count,
                            0 as never_recorded_count, date '2016-01-12' as data_as_at
                        """);
        Site.write(cases.write(folder.resolve("site")), TestRelease.PAGES);

        assertThat(Files.readString(folder.resolve("site/quality/index.html")))
                .contains("Of 4,000 devices, 3,047 (76.2 %) belong to no case that is known, so that nobody can tell "
                        + "how long nothing was recorded in those cases, or how long they waited.");
    }

    /** Yesterday a device that had waited for long was deleted, and the figures of a first year became available. */
    @Test
    void largestChangesAreThoseOfRecentMonthsAndOneForEachFigure() throws IOException, SQLException {
        TestRelease changed = release().with("mart.queue_daily", DAYS).with("mart.figure_change", """
                select
                    'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total, measure,
                    'all' as exit_reason, if(month = date '2016-01-11', 'day', 'month') as period_kind,
                    month as period_start_on, replaced_value, new_value, cause,
                    new_value - replaced_value as part, 1 as cause_order,
                    '2016-01-11.1' as replaced_release_id, '2016-01-12.1' as new_release_id,
                    date '2016-01-11' as replaced_as_at, date '2016-01-12' as new_as_at,
                    '2016-01-12.1' as release_id
                from (
                    select 'waiting_count', cast(month as date), 306, 290, 'deleted'
                    from generate_series(date '2015-02-01', date '2015-12-01', interval 1 month) as months (month)
                    union all
                    values
                    ('waiting_count', date '2016-01-11', 305, 290, 'deleted'),
                    ('received_count', date '2016-01-11', 7, 9, 'recorded late'),
                    ('waiting_count', date '2013-01-01', 900, 400, 'recorded late'),
                    ('received_count', date '2013-01-01', 30, 630, 'recorded late'),
                    ('left_count', date '2013-01-01', null, 800, 'coverage'),
                    ('left_count', date '2014-01-01', 8, 9, 'corrected')
                ) as cell (measure, month, replaced_value, new_value, cause)
                """);

        assertThat(today(changed).replaceAll("(?s).*<h2 id=\"moved\">|</section>.*", ""))
                .contains("16 figures of the past changed since the release before; the largest changes of its latest "
                        + "day, then of past months, those of the last 13 months first:</p>\n<ul>\n"
                        + "<li>Devices &lt;script&gt;alert(1)&lt;/script&gt; &amp; \"more\", waiting count of "
                        + "11 January 2016: from 305 to 290 (deleted)</li>\n"
                        + "<li>Devices &lt;script&gt;alert(1)&lt;/script&gt; &amp; \"more\", waiting count of "
                        + "December 2015: from 306 to 290 (deleted), and 11 other months</li>\n"
                        + "<li>Devices &lt;script&gt;alert(1)&lt;/script&gt; &amp; \"more\", received count of "
                        + "January 2013: from 30 to 630 (recorded late)</li>\n"
                        + "<li>Devices &lt;script&gt;alert(1)&lt;/script&gt; &amp; \"more\", left count of "
                        + "January 2014: from 8 to 9 (corrected), and 1 other month</li>\n</ul>");
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
                        .isEqualTo("rw-r-----");
                assertThat(Files.readString(file).replace("http://www.w3.org/2000/svg", ""))
                        .doesNotContain("http:")
                        .doesNotContain("https:")
                        .doesNotContain("style=\"");
            });
        }
    }

    @Test
    void singleCasesAreOnNoPageButTheirOwnWhichIsForItsOwner() throws IOException, SQLException {
        Path site = folder.resolve("site");
        TestRelease release = release()
                .with("mart.queue_daily", DAYS)
                .with("mart.case_milestone_open", """
                        select 'children' as milestones, 'cms:k7' as case_key, step, step_order, step as step_title,
                            date '2015-04-01' as aware_on, 286 as age_days, status, status_on
                        from (values
                            ('interview', 1, 'not recorded', null),
                            ('analysis', 2, 'done', date '2015-05-02'),
                            ('safeguarding', 3, 'not recorded', null)) as steps (step, step_order, status, status_on)
                        """)
                .with("mart.case_silence", """
                        select 'cms:k7' as case_key, date '2015-04-01' as aware_on, 286 as age_days, 255 as silent_days,
                            date '2015-05-02' as last_recorded_on, 'analysed' as last_event, false as is_never_recorded
                        """)
                .with("mart.case_clock", """
                        select 'cms:k7' as case_key, 286 as age_days, 31 as clock_days, 'awaiting_analysis' as
                            longest_stage, 31 as longest_stage_days, 1 as waiting_item_count, 31 as waiting_days_now
                        """);
        Site.write(release.write(site));
        try (Stream<Path> files = Files.walk(site)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContain("k7"));
        }

        Path restricted = folder.resolve("cases");
        Site.writeRestricted(release.write(restricted));
        String page = Files.readString(restricted.resolve("index.html"));
        assertThat(page)
                .contains("rows of single cases: only for those who work on them")
                .contains("It is on record who made this page")
                .contains(TestRelease.row(
                        "cms:k7", "1 April 2015", "286", "interview, safeguarding", "analysis (2 May 2015)"))
                .contains(TestRelease.row("cms:k7", "1 April 2015", "286", "analysed", "2 May 2015", "255"))
                .contains(TestRelease.row("cms:k7", "286", "31", "31", "1", "awaiting analysis", "31"))
                .doesNotContain("href=\"queues")
                .doesNotContain("dictionary/");
        try (Stream<Path> files = Files.walk(restricted)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    private TestRelease release() {
        return TestRelease.of(folder, "2016-01-12").with("mart.dim_queue", QUEUES);
    }

    private String today(TestRelease release) throws IOException, SQLException {
        return today(release, "site");
    }

    private String today(TestRelease release, String name) throws IOException, SQLException {
        Path into = folder.resolve(name);
        Site.write(release.write(into), TestRelease.PAGES);
        return Files.readString(into.resolve("index.html"));
    }
}
