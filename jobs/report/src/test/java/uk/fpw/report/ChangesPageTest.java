package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.change.ChangesPage;

class ChangesPageTest {

    private static final String QUEUE =
            "select 'exams' as queue, 'Devices' as title, 'device' as item_unit, '2016-01-12.1' as release_id";

    @TempDir
    private Path folder;

    /** By hand: 100 + 4 - 1 = 103 and 200 - 20 = 180; the day is one, and a small figure comes after larger ones. */
    @Test
    void figuresComeByTheShareByWhichTheyDifferAndCausesByWhatTheyMoved() throws IOException, SQLException {
        String page = pages("""
                ('2016-01-11', '2016-01-12', 'waiting_count', 'month', '2015-12-01', 100, 103, 'recorded late', 4, 2),
                ('2016-01-11', '2016-01-12', 'waiting_count', 'month', '2015-12-01', 100, 103, 'deleted', -1, 1),
                ('2016-01-11', '2016-01-12', 'received_count', 'month', '2015-11-01', 200, 180, 'deleted', -20, 1),
                ('2016-01-11', '2016-01-12', 'left_count', 'month', '2015-11-01', 1, 2, 'corrected', 1, 3),
                ('2016-01-11', '2016-01-12', 'left_count', 'month', '2013-01-01', null, 800, 'coverage', null, 4),
                ('2016-01-11', '2016-01-12', 'waiting_count', 'day', '2016-01-11', 50, 51, 'recorded late', 1, 2)
                """);

        assertThat(page)
                .contains("Since release 2016-01-11.1 of 11 January 2016 5 figures differ; most of it by "
                        + "\"deleted\" (77.8 % of all that was added or taken away).")
                .contains(TestRelease.row(
                        "Deleted", "the source has deleted a row of the item, or a row was erased", "2", "0", "21"))
                .contains("2 figures are other ones because rows were deleted by their source or erased");
        assertThat(page.substring(page.indexOf("<h2 id=\"figures\"")))
                .containsSubsequence(
                        line("came in", "Nov 2015", "200", "180", "-20 (-10.0 %)", "deleted -20"),
                        line(
                                "waiting at the end",
                                "Dec 2015",
                                "100",
                                "103",
                                "+3 (+3.0 %)",
                                "recorded late +4, deleted -1"),
                        line("waiting at the end", "11 Jan 2016", "50", "51", "+1 (+2.0 %)", "recorded late +1"),
                        line("left", "Nov 2015", "1", "2", "+1 (+100.0 %)", "corrected +1"));
        assertThat(page).contains("<td>not available</td>\n", "<td>coverage</td>");
    }

    /**
     * Between the releases of 10 and 12 January a month went from 100 over 104 to 103; another came back to what it
     * was; December was not over on 31 December. The release of 11 January was withdrawn, that of 12 January compared
     * with the one of 10 January.
     */
    @Test
    void stepsSinceAnEarlierReleaseAreAddedUp() throws IOException, SQLException {
        pages("""
                ('2015-12-30', '2016-01-10', 'waiting_count', 'month', '2015-11-01', 100, 104, 'recorded late', 4, 2),
                ('2015-12-30', '2016-01-10', 'left_count', 'month', '2015-11-01', 20, 21, 'corrected', 1, 3),
                ('2016-01-10', '2016-01-11', 'waiting_count', 'month', '2015-11-01', 104, 999, 'definition', 895, 0),
                ('2016-01-10', '2016-01-12', 'waiting_count', 'month', '2015-11-01', 104, 103, 'deleted', -1, 1),
                ('2016-01-10', '2016-01-12', 'left_count', 'month', '2015-11-01', 21, 20, 'corrected', -1, 3),
                ('2016-01-10', '2016-01-12', 'waiting_count', 'month', '2015-12-01', 90, 91, 'corrected', 1, 3),
                ('2016-01-10', '2016-01-12', 'waiting_count', 'day', '2016-01-10', 60, 61, 'corrected', 1, 3)
                """);
        String index = read("index");
        String since = read("since-2015-12-30-1");

        assertThat(index)
                .contains("Since release 2016-01-10.1 of 10 January 2016 4 figures differ")
                .contains(
                        "<td><a href=\"../changes/since-2015-12-30-1.html\">30 December 2015 (2015-12-30.1)</a></td>\n"
                                + "<td>1</td>")
                .doesNotContain("2016-01-11.1");
        assertThat(since)
                .contains("Since release 2015-12-30.1 of 30 December 2015 1 figure differs")
                .contains(line(
                        "waiting at the end", "Nov 2015", "100", "103", "+3 (+3.0 %)", "recorded late +4, deleted -1"))
                .doesNotContain("Dec 2015", "definition", "corrected");
    }

    @Test
    void releaseThatChangedNothingSaysSoAndStillComparesWithEarlierOnes() throws IOException, SQLException {
        assertThat(pages("""
                ('2015-12-30', '2016-01-10', 'waiting_count', 'month', '2015-11-01', 100, 104, 'recorded late', 4, 2)
                """)).contains("Nothing changed</h2>").doesNotContain("since-");
    }

    private String pages(String rows) throws IOException, SQLException {
        Site.write(
                TestRelease.of(folder, "2016-01-12")
                        .with("mart.dim_queue", QUEUE)
                        .with("mart.figure_change", """
                                select
                                    'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total,
                                    'all' as exit_reason, earlier || '.1' as replaced_release_id,
                                    later || '.1' as new_release_id,
                                    measure, period_kind, start::date as period_start_on,
                                    if(period_kind = 'day', start::date, last_day(start::date)) as period_end_on,
                                    old as replaced_value, new as new_value, cause, part, cause_order,
                                    earlier::date as replaced_as_at, later::date as new_as_at,
                                    '2016-01-12.1' as release_id
                                from (values
                                """ + rows + """
                                ) as change (
                                    earlier, later, measure, period_kind, start, old, new, cause, part, cause_order
                                )
                                """)
                        .write(folder.resolve("site")),
                List.of(new ChangesPage()));
        return read("index");
    }

    private String read(String page) throws IOException {
        return Files.readString(folder.resolve("site/changes/" + page + ".html"));
    }

    private static String line(String figure, String period, String... others) {
        return "<td>" + figure + "</td>\n<td>" + period + "</td>\n"
                + TestRelease.row(others).replaceFirst("^<tr>\n", "");
    }
}
