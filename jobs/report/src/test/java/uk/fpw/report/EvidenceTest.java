package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.QueuePages;

class EvidenceTest {

    @TempDir
    private Path folder;

    @Test
    void eachPartSaysFromWhichTablesAndFeedsItIsAndHowToAskForItAgain() throws IOException, SQLException {
        assertThat(page())
                .contains("<summary>Evidence: What is waiting</summary>")
                .contains("<a href=\"../dictionary/mart-queue_monthly.html\">mart.queue_monthly</a>")
                .contains("<li>Sources: exams to 11 January 2016. Rows left out: <a href=\"../quality/index.html\">")
                .contains("<code>./fpw query --force FOLDER --release 2016-01-12.1 \"select * from mart.queue_monthly "
                        + "where queue = 'exams'\"</code>")
                .contains("To quote: release 2016-01-12.1, <a href=\"#waiting\">queues/exams.html#waiting</a>. The "
                        + "next release replaces this page.");
    }

    /**
     * December was said to be 100, then 104, then 103; the day and the figures of a slice are no months of the queue.
     */
    @Test
    void earlierValuesOfAMonthStandOnThePageOfTheirQueue() throws IOException, SQLException {
        String page = page();

        assertThat(page.substring(page.indexOf("<h2 id=\"earlier\"")))
                .containsSubsequence(
                        TestRelease.row(
                                "1 Dec 2015", "waiting", "10 Jan 2016", "777", "12 Jan 2016", "778", "deleted +1"),
                        TestRelease.row(
                                "Dec 2015",
                                "waiting",
                                "10 Jan 2016",
                                "104",
                                "12 Jan 2016",
                                "103",
                                "corrected +1, deleted -2"),
                        TestRelease.row(
                                "Dec 2015", "waiting", "5 Jan 2016", "100", "10 Jan 2016", "104", "recorded late +4"))
                .doesNotContain("888");
    }

    /** The script shows the row of the table that is nearest to the pointer: both have the same order. */
    @Test
    void positionsOfAPictureAreThoseOfTheRowsOfItsTable() throws IOException, SQLException {
        String page = page().replaceAll("(?s).*Waiting at the end of the month</strong>|</figure>.*", "");

        String positions = page.replaceAll("(?s).*class=\"chart wide\" data-x=\"([0-9 ]+)\".*", "$1");
        List<Integer> across = Pattern.compile(" ")
                .splitAsStream(positions)
                .map(Integer::valueOf)
                .toList();
        assertThat(across).hasSize(2);
        assertThat(across.get(0)).isGreaterThan(across.get(1));
        assertThat(page)
                .containsSubsequence("<td>12 Jan 2016</td>\n<td>150</td>", "<td>31 Dec 2015</td>\n<td>103</td>");
    }

    private String page() throws IOException, SQLException {
        Site.write(
                TestRelease.of(folder, "2016-01-12")
                        .feed("exams", "2016-01-11")
                        .with(
                                "mart.dim_queue",
                                "select 'exams' as queue, 'Devices' as title, 'd' as description, 'device' as "
                                        + "item_unit, "
                                        + "1 as queue_version, 'a' as entered_by, 'b' as re_entered_by, 'c' as "
                                        + "left_by, 'whole' as queue_role")
                        .with("mart.queue_monthly", """
                                select
                                    'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total,
                                    start as month_start_on, day as measured_to_on, waiting as waiting_count,
                                    true as is_available
                                from (
                                    values
                                    (date '2015-12-01', date '2015-12-31', 103),
                                    ('2016-01-01', '2016-01-12', 150)
                                ) as month (start, day, waiting)
                                """)
                        .with("mart.figure_change", """
                                select
                                    'exams' as queue, is_total, 'all' as exit_reason,
                                    'waiting_count' as measure, period_kind,
                                    date '2015-12-01' as period_start_on, date '2015-12-31' as period_end_on,
                                    old as replaced_value, new as new_value, cause, part, cause_order,
                                    old_on as replaced_as_at, new_on as new_as_at,
                                    old_on || '.1' as replaced_release_id, new_on || '.1' as new_release_id
                                from (
                                    values
                                    (true, 'month', 100, 104, 'recorded late', 4, 3, date '2016-01-05',
                                     date '2016-01-10'),
                                    (true, 'month', 104, 103, 'corrected', 1, 2, '2016-01-10', '2016-01-12'),
                                    (true, 'month', 104, 103, 'deleted', -2, 5, '2016-01-10', '2016-01-12'),
                                    (true, 'day', 777, 778, 'deleted', 1, 5, '2016-01-10', '2016-01-12'),
                                    (false, 'month', 888, 889, 'deleted', 1, 5, '2016-01-10', '2016-01-12')
                                ) as step (
                                    is_total, period_kind, old, new, cause, part, cause_order, old_on, new_on
                                )
                                """)
                        .write(folder.resolve("site")),
                List.of(new QueuePages()));
        return Files.readString(folder.resolve("site/queues/exams.html"));
    }
}
