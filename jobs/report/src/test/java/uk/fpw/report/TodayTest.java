package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the first page and the page of a queue say of releases that the test writes, part by part. */
class TodayTest {

    private static final String QUEUES = """
            select
                'exams' as queue, 'Exams' as title, 'whole' as queue_role, 'device' as item_unit, 1 as queue_version,
                'Devices.' as description, 'received' as entered_by, '-' as re_entered_by, 'examined' as left_by,
                date '2016-01-12' as data_as_at, '2016-01-12.1' as release_id
            """;

    private static final String VERDICTS = """
            select
                'exams' as queue, 'device' as item_unit, 'last year' as compared_with, 'late share' as measure,
                date '2015-04-01' as period_start_on, date '2015-11-30' as period_end_on,
                'difference' as size_kind, true as is_available, given.*
            from (
                values
                ('year to date', '%s', '%s', 0.13, 0.09, 0.17, -4.0)
            ) as given (period_kind, verdict, verdict_reason, size, size_low, size_high, log10_p_adjusted)
            """;

    private static final String COMPARED = """
            select
                'exams' as queue, 'year to date' as period_kind, 'last year' as compared_with,
                'late share' as measure, 0.34 as value, 0.21 as earlier_value
            """;

    /** 142 at the end of November 2014; 30 came, 2 came back, 20 were examined, 4 withdrawn: 150. */
    private static final String DRIVERS = """
            select
                'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total,
                'last year' as compared_with, date '2014-11-30' as earlier_end_on, date '2015-11-30' as period_end_on,
                given.*
            from (
                values
                ('month', 'waiting', 'all', 'all', 142, 150, 8),
                ('month', 'waiting', 'received', 'all', null, null, 30),
                ('month', 'waiting', 're-entered', 'returned_unexamined', null, null, 2),
                ('month', 'waiting', 'left', 'withdrawn', null, null, -4),
                ('month', 'waiting', 'left', 'examined', null, null, -20),
                ('year to date', 'left', 'left', 'examined', 31, 14, -17),
                ('year to date', 'left', 'left', 'withdrawn', 2, 4, 2),
                ('year to date', 're-entered', 'all', 'all', 1, 2, 1)
            ) as given (period_kind, measure, part, part_name, earlier_count, period_count, change_count)
            """;

    private static final String EXITS = """
            select
                'exams' as queue, true as is_total, date '2015-11-01' as month_start_on, true as is_available, given.*
            from (values ('examined', true, 14), ('withdrawn', false, 4)) as given (exit_reason, is_served, left_count)
            """;

    @TempDir
    private Path folder;

    @Test
    void worseQueueIsListedWithBothValuesAndHowItemsLeft() throws IOException, SQLException {
        write(withVerdict("worse", "more than chance"));

        assertThat(read("index.html"))
                .containsOnlyOnce("<p class=\"rule\">")
                .contains("Exams: worse than a year before</a></h3>\n<p>Late 34 % of the cases with devices due in "
                        + "April to November 2015, 21 % of the cases with devices due in the same months of "
                        + "the year before (difference +13 points, 95 % interval +9 points to +17 points), "
                        + "more than chance explains. How they left (before in brackets): served: examined 14 "
                        + "(31); not served: withdrawn 4 (2); came back 2 (1).")
                .contains("No queue is shown to be better than before");
        assertThat(read("queues/exams.html")).contains("<h2 id=\"verdict\">Better or worse</h2>", "<td>worse</td>");
    }

    @Test
    void queueOfWhichNothingCanBeToldIsNamedWithItsReason() throws IOException, SQLException {
        write(withVerdict("cannot_be_told", "each week resembles the next"));

        assertThat(read("index.html"))
                .contains("in the measure that it declares; of those below it cannot be told.</p>")
                .contains("Exams</a>: Better or worse cannot be told (late share, April to November 2015 against the "
                        + "same months of the year before): each week resembles the next.</li>");
    }

    @Test
    void fewerThatIsNotBetterStandsWithWhatGotBetterAndSaysHowItemsLeft() throws IOException, SQLException {
        write(withVerdict("fewer_because", "not called better: served share 0.60 instead of 0.91"));

        assertThat(read("index.html"))
                .doesNotContain("<p class=\"rule\">")
                .contains("Not called better, although this is: Late 34 %", "Served share 0.60 instead of 0.91.")
                .contains("not served: withdrawn 4 (2)");
    }

    @Test
    void bridgeLeadsFromThenToNow() throws IOException, SQLException {
        write(withVerdict("no_evidence", "chance"));

        assertThat(read("queues/exams.html"))
                .contains(
                        "From 142 at the end of 30 November 2014 to 150 at the end of 30 November 2015: 32 came in, 2 "
                                + "of them again; 24 left, 20 of them served.")
                .contains("Waiting on 30 Nov 2014: 142; Received: +30; Came back: returned unexamined: +2; Left: "
                        + "examined *: −20; Left: withdrawn: −4; Waiting on 30 Nov 2015: 150.");
    }

    private TestRelease standards(String target) {
        return release()
                .with(
                        "mart.dim_standard",
                        "select 'exams' as queue, 'soon' as standard, 'Within 4 hours' as title, " + target
                                + " as target_share")
                .with("mart.wait_standard", """
                        select
                            'exams' as queue, 'device' as item_unit, true as is_total, 'soon' as standard,
                            true as is_available, 0 as not_yet_due_count, date '2016-01-12' as data_as_at,
                            month::date as month_start_on, given.*
                        from (
                            values
                            ('2015-08-01', 10, 1, 0, 0, 0.9, 0.9, false, false),
                            ('2015-09-01', 100, 27, 0, 0, 0.73, 0.73, false, false),
                            ('2015-10-01', 100, 29, 0, 0, 0.71, 0.71, false, false),
                            ('2015-11-01', 100, 30, 1, 2, 0.67, 0.69, false, false),
                            ('2015-12-01', 100, 90, 0, 0, 0.1, 0.1, false, true)
                        ) as given (
                            month, due_count, failed_count, left_unseen_count, unknown_count, share_low, share_high,
                            is_partial, is_provisional
                        )
                        """);
    }

    @Test
    void standardWithATargetIsMissedBelowIt() throws IOException, SQLException {
        write(standards("0.7"));
        assertThat(read("index.html")).contains("of 2 it is not known. The target is 70.0 %.</p>");
        assertThat(read("queues/exams.html"))
                .contains("Dashed: the target, 70.0 %.")
                .doesNotContain("no target is declared");
    }

    @Test
    void standardThatReachesItsTargetIsNotMissed() throws IOException, SQLException {
        write(standards("0.69"));

        assertThat(read("index.html")).doesNotContain("Rule: standard missed");
    }

    @Test
    void missedStandardSaysItsLatestThreeMonths() throws IOException, SQLException {
        write(standards("null"));

        assertThat(read("queues/exams.html")).contains("<p>Within 4 hours: no target is declared.</p>");
        assertThat(read("index.html"))
                .contains(
                        "<a href=\"queues/exams.html#standards\">Exams: Within 4 hours</a></h3>\n<p>Met by 73 % (Sept "
                                + "2015), 71 % (Oct 2015) and 67 to 69 % (Nov 2015) of those who came in. In "
                                + "November 2015, the latest month whose deadlines have all passed and of which no "
                                + "late record is expected, of 100 devices 30 were late and 1 left without being "
                                + "served; of 2 it is not known. No target is declared, so that each one counts.</p>");
    }

    @Test
    void queueWithoutAStandardSaysHowOldItIs() throws IOException, SQLException {
        write(release().with("mart.queue_daily", """
                        select
                            'exams' as queue, 'device' as item_unit, true as is_total, date '2016-01-12' as day,
                            date '2016-01-12' as data_as_at, 597 as waiting_count, 2708 as oldest_wait_days
                        """).with("mart.open_age", """
                        select
                            'exams' as queue, true as is_total, date '2016-01-12' as as_of_on, given.*
                        from (
                            values (91, '91-180', 300), (181, '181-365', 200), (366, '366+', 97)
                        ) as given (age_band_from_days, age_band, waiting_count)
                        """));

        assertThat(read("index.html"))
                .contains("Of 597 devices waiting, 297 have waited for more than 180 days, the longest for 2,708 days. "
                        + "No standard says how long is too long.");
    }

    @Test
    void silenceThatCannotBeToldIsStillOnTop() throws IOException, SQLException {
        write(release().with("mart.case_silence_count", """
                select
                    'children' as milestones, 'Children' as milestones_title, 91 as silent_over_days,
                    7 as open_case_count, 7 as unknown_case_count, 'feed actions is not loaded' as unknown_reason
                """));

        assertThat(read("index.html"))
                .contains("Of 7 open cases, how long nothing was recorded cannot be told of 7: feed actions is not "
                        + "loaded.");
    }

    /** The steps of one case of eight months: only the seizure is recorded. */
    @Test
    void oldCaseWithOneStepAloneIsCountedAndSaidToBeChecked() throws IOException, SQLException {
        write(release().with("mart.case_milestone_open", """
                select
                    'children' as milestones, 'cms:k7' as case_key, 254 as age_days, date '2016-01-10' as data_as_at,
                    step_title, status
                from (
                    values
                    ('Interview', 'not recorded'), ('Safeguarding', 'not recorded'),
                    ('Devices analysed', 'not recorded'),
                    ('Devices seized', 'done')
                ) as steps (step_title, status)
                """));

        assertThat(read("index.html"))
                .contains("Of 1 open case, 1 has been open for more than 91 days with only one of the steps recorded "
                        + "(the steps: Devices analysed, Devices seized, Interview, Safeguarding). "
                        + "Not recorded is not the same as not done: check.")
                .contains("Known to 10 January 2016 only: what was recorded since cannot be told of any of these 1 "
                        + "case.")
                .doesNotContain("k7");
    }

    private TestRelease withVerdict(String verdict, String reason) {
        return release()
                .with("mart.period_verdict", VERDICTS.formatted(verdict, reason))
                .with("mart.period_comparison", COMPARED)
                .with("mart.queue_driver", DRIVERS)
                .with("mart.queue_exit", EXITS);
    }

    private TestRelease release() {
        return TestRelease.of(folder, "2016-01-12").with("mart.dim_queue", QUEUES);
    }

    private void write(TestRelease release) throws IOException, SQLException {
        Site.write(release.write(folder.resolve("site")), TestRelease.PAGES);
    }

    private String read(String page) throws IOException {
        return Files.readString(folder.resolve("site").resolve(page));
    }
}
