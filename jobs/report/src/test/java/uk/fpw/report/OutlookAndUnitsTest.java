package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.QueuePages;

class OutlookAndUnitsTest {

    private static final String OUTLOOK = """
            select
                'exams' as queue, weeks as horizon_weeks, date '2015-12-20' + 7 * weeks as horizon_on,
                date '2015-12-20' as from_on, 229 as waiting_count, 0.5 as weekly_net_change,
                closing as closing_if_flows_unchanged, closing - 20 as closing_low, closing + 20 as closing_high,
                if(closing is null, 'further ahead than 13 weeks', null) as closing_reason, 26 as independent_count,
                24 as independent_covered_count, 0.7586 as covered_share_low, 0.9786 as covered_share_high,
                late as past_standard_count, 27.5 as inflow_per_week, 26 as served_per_week,
                1 as left_unserved_per_week,
                37.94 as served_per_week_needed, 31 as best_served_per_week, date '2014-12-01' as best_from_on,
                date '2015-03-01' as best_to_on
            """;

    @TempDir
    private Path folder;

    @Test
    void outlookSaysThePaceTheIntervalHowOftenSuchHeldAndWhatWouldClearIt() throws IOException, SQLException {
        String page = page(
                "mart.queue_outlook",
                OUTLOOK + "from (values (4, 231.4, 45), (26, null, 45)) as row (weeks, closing, late)");

        assertThat(page)
                .contains("229 devices waited on 20 December 2015, the last day of which no late records are "
                        + "expected. In "
                        + "the 26 weeks before, 27.5 a week came in, 26 were served and 1 left otherwise.")
                .contains("The most that was ever served in 13 weeks in a row: 31 a week, from 1 December 2014 to "
                        + "1 March 2015.")
                .contains("45 devices past their standard.")
                .contains(TestRelease.row(
                        "17 Jan 2016 (4 weeks)", "231", "211 to 251", "24 of 26 (76 to 98 %)", "", "37.9"))
                .contains(TestRelease.row(
                        "19 Jun 2016 (26 weeks)",
                        "",
                        "",
                        "24 of 26 (76 to 98 %)",
                        "further ahead than 13 weeks",
                        "37.9"));
    }

    @Test
    void outlookOfAQueueWithoutAStandardOrWithNoneLateHasNothingToClear() throws IOException, SQLException {
        String none = page("mart.queue_outlook", OUTLOOK + "from (values (4, 231.4, 0)) as row (weeks, closing, late)");
        assertThat(none)
                .contains("None is past its standard.")
                .contains(TestRelease.row("17 Jan 2016 (4 weeks)", "231", "211 to 251", "24 of 26 (76 to 98 %)"));
    }

    /** A unit of four has no figure by staff: it would be one of single people. */
    @Test
    void unitsHaveWhatTheyServedByStaffUnlessTheyAreFew() throws IOException, SQLException {
        String page = page("mart.capacity_monthly", """
                select
                    'exams' as queue, true as is_total, 'lab' as capacity, 'unit' as capacity_kind, 'The lab' as title,
                    month as month_start_on, last_day(month) as month_end_on, staff as staff_in_post,
                    examined as examined_count, examined / staff as examined_per_staff,
                    reason as examined_per_staff_reason,
                    provisional as is_provisional
                from (
                    values
                    (date '2015-09-01', 8.0, 104, null, false),
                    (date '2015-10-01', 4.9, 66, null, false),
                    (date '2015-11-01', null, 70, 'no row of staff', false),
                    (date '2015-12-01', 7.0, 61, null, true)
                ) as month (month, staff, examined, reason, provisional)
                """);

        assertThat(page)
                .containsSubsequence(
                        TestRelease.row("Dec 2015", "61", "7.0", "8.7", "late records are still expected"),
                        TestRelease.row("Nov 2015", "70", "not available", "not available", "no row of staff"),
                        TestRelease.row("Oct 2015", "66", "", "", "fewer than 5"),
                        TestRelease.row("Sept 2015", "104", "8.0", "13.0", ""))
                .doesNotContain("13.5", "4.9");
    }

    private String page(String table, String rows) throws IOException, SQLException {
        Site.write(
                TestRelease.of(folder, "2016-01-12")
                        .with(
                                "mart.dim_queue",
                                "select 'exams' as queue, 'Devices' as title, 'd' as description, 'device' as "
                                        + "item_unit, "
                                        + "1 as queue_version, 'a' as entered_by, 'b' as re_entered_by, 'c' as "
                                        + "left_by, "
                                        + "'whole' as queue_role")
                        .with(table, rows)
                        .write(folder.resolve("site")),
                List.of(new QueuePages()));
        return Files.readString(folder.resolve("site/queues/exams.html"));
    }
}
