package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.QueuePages;

/** The control charts of the flows on a queue's page. */
class FlowChartTest {

    @TempDir
    private Path folder;

    private TestRelease release(String service, String columns) {
        return TestRelease.of(folder, "2016-01-12")
                .with("mart.dim_queue", """
                        select
                            'calls' as queue, 'Calls' as title, 'whole' as queue_role, 'call' as item_unit,
                            1 as queue_version, 'Calls.' as description, 'received' as entered_by,
                            '-' as re_entered_by, 'seen as seen*' as left_by, date '2016-01-12' as data_as_at%s
                        """.formatted(columns))
                .with("mart.queue_signal", """
                        select
                            'calls' as queue, 'call' as item_unit, true as is_total, 'received' as measure,
                            (date '2014-01-01' + to_months(i::int))::date as month_start_on, 62 as flow_count,
                            2.0 + (i %% 2) / 10 as flow_per_working_day, '%s' as service,
                            2.0 + (i %% 2) / 10 as flow_per_service_day, 2.05 as mean, 1.8 as lower_limit,
                            2.3 as upper_limit, false as is_limit_provisional, false as is_outside_limits,
                            'none' as signal, 0.15 as false_signal_share, false as is_partial,
                            false as is_provisional, true as is_available, null::text as limits_reason,
                            date '2016-01-12' as data_as_at
                        from range(25) as month (i)
                        """.formatted(service));
    }

    private String page(TestRelease release) throws IOException, SQLException {
        Path site = folder.resolve("site");
        Site.write(release.write(site), List.of(new QueuePages()));
        return Files.readString(site.resolve("queues/calls.html"));
    }

    @Test
    void pageSaysByWhichDaysFlowsAreDivided() throws IOException, SQLException {
        assertThat(page(release("every_day", ", 'every_day' as service")))
                .contains("Received, per day")
                .contains("Served every day: monthly flows are divided by these days")
                .doesNotContain("do not compare these charts with earlier releases");
    }

    @Test
    @Tag("time-zone")
    void otherDaysOfServiceAreALineInTheChartAndASentence() throws IOException, SQLException {
        assertThat(page(release(
                        "every_day",
                        ", 'every_day' as service, date '2016-01-12' as service_since_on, "
                                + "'working_days' as previous_service")))
                .contains("The figures of 12 January 2016 were the first to be charted per day instead of per working "
                        + "day, every month of them: do not compare these charts with earlier releases. No count "
                        + "differs.")
                .containsPattern("<text[^>]*>per day</text>");
    }

    @Test
    void editedCalendarIsALineInTheChartAndASentenceWithItsDays() throws IOException, SQLException {
        assertThat(page(release(
                        "desk",
                        ", 'desk (Mon Sat, 1 date closed, 0a1b2c3d)' as service, "
                                + "date '2016-01-12' as service_since_on, 'desk (Mon Sat, 4e5f6a7b)' as "
                                + "previous_service")))
                .contains("Received, per day of service")
                .contains("Served on the days of the calendar desk (Mon Sat, 1 date closed, 0a1b2c3d): monthly flows")
                .contains("The figures of 12 January 2016 were the first to be charted per day of service instead of "
                        + "per day of service of the calendar desk (Mon Sat, 4e5f6a7b), every month of them")
                .containsPattern("<text[^>]*>per day of service</text>");
    }

    @Test
    @Tag("time-zone")
    void evidentSeasonIsSaidAndTheYearBeforeIsDrawn() throws IOException, SQLException {
        TestRelease release = release("every_day", ", 'every_day' as service").with("mart.queue_signal", """
                        select
                            'calls' as queue, 'call' as item_unit, true as is_total, measure,
                            (date '2014-01-01' + to_months(i::int))::date as month_start_on, 62 as flow_count,
                            'every_day' as service, 2.0 + (i % 12) / 10 as flow_per_service_day,
                            case when i >= 12 then 2.0 + (i % 12) / 10 end as same_month_last_year,
                            24 as season_month_count, if(measure = 'left', -3.5, -1.5) as season_log10_p,
                            measure = 'left' as is_season_evident, 2.55 as mean, 1.8 as lower_limit,
                            2.9 as upper_limit, false as is_limit_provisional, i = 23 as is_outside_limits,
                            if(i = 23, 'above the upper limit', 'none') as signal,
                            if(measure = 'left', 0.69, 0.15) as false_signal_share, false as is_partial,
                            false as is_provisional, true as is_available, null::text as limits_reason,
                            date '2016-01-12' as data_as_at
                        from range(24) as month (i), unnest(['received', 'left']) as measures (measure)
                        """);

        String page = page(release);

        assertThat(page)
                .contains("The months of the year differ in left more than chance makes them (a season, p below 0.001 "
                        + "over 24 months): compare a month with the same one of the year before, which is drawn "
                        + "beside it, not only with the limits, which know of no season.")
                .doesNotContain("differ in received")
                .contains("shows a signal in 69 of 100 cases")
                .contains("<td>1 Dec 2015</td>\n<td>3.10</td>\n<td>3.10</td>\n<td>2.55</td>");
        assertThat(page.split("Purple, dashed:", -1))
                .as("one of two charts, wide and narrow")
                .hasSize(3);
    }

    @Test
    void firstPageTellsTheMonthOfTheYearBeforeAndCountsChartsWithASeasonApart() throws IOException, SQLException {
        TestRelease release = release("every_day", ", 'every_day' as service").with("mart.queue_signal", """
                        select
                            'calls' as queue, 'call' as item_unit, true as is_total, measure,
                            (date '2014-01-01' + to_months(i::int))::date as month_start_on, 62 as flow_count,
                            'every_day' as service, 2.0 + (i % 12) / 10 as flow_per_service_day,
                            3.0 as same_month_last_year, measure = 'left' as is_season_evident, 2.55 as mean,
                            24 as season_month_count, -3.5 as season_log10_p,
                            1.8 as lower_limit, 2.9 as upper_limit, false as is_limit_provisional,
                            i = 23 as is_outside_limits,
                            if(i = 23 and measure = 'left', 'above the upper limit', 'none') as signal,
                            false as is_partial, false as is_provisional, true as is_available,
                            null::text as limits_reason, date '2016-01-12' as data_as_at
                        from range(24) as month (i), unnest(['received', 'left']) as measures (measure)
                        """);
        Path site = folder.resolve("site");
        Site.write(release.write(site), TestRelease.PAGES);

        assertThat(Files.readString(site.resolve("index.html")))
                .contains(
                        "The chart says: above the upper limit. That is more than chance, and by itself neither better "
                                + "nor worse. Its months differ within each year; the same month of the year before "
                                + "had 3.0.")
                .contains(
                        "in a month in which nothing had changed, about 0.0 would seem to be, besides those of 1 chart "
                                + "with an evident season, where more do.");
    }

    /** As where a backlog grew and was cleared: 13 of 24 months are below or above what is called usual. */
    @Test
    void firstPageSaysThatLimitsOverMonthsThatWereNotAlikeMeanLittle() throws IOException, SQLException {
        assertThat(today("'received'"))
                .contains("The chart says: 7 or more months in a row above the mean. It means little: of the 24 months "
                        + "from which the limits come, 13 show more than chance, so there was no usual level.</p>");
    }

    @Test
    void whatMeansLittleIsAmongTheOthers() throws IOException, SQLException {
        String today = today("'received', 'left'");
        int more = today.indexOf("<summary>1 more</summary>");
        assertThat(more).isPositive();
        assertThat(today.substring(0, more)).contains(": left</a>").doesNotContain("It means little");
        assertThat(today.substring(more)).contains(": received</a>: ").contains("It means little");
    }

    /** The first page, where the months of 'received' were not alike, and those of 'left' were until the last. */
    private String today(String measures) throws IOException, SQLException {
        TestRelease release =
                release("every_day", ", 'every_day' as service").with("mart.queue_signal", """
                        select
                            'calls' as queue, 'call' as item_unit, true as is_total, measure,
                            (date '2014-01-01' + to_months(i::int))::date as month_start_on, 62 as flow_count,
                            'every_day' as service, 2.0 as flow_per_service_day, 2.55 as mean, 2.9 as upper_limit,
                            1.8 as lower_limit, i > if(measure = 'left', 22, 10) as is_outside_limits,
                            if(i > if(measure = 'left', 22, 10), 'shift: 7 points above the mean', 'none') as signal,
                            false as is_partial, false as is_provisional, true as is_available,
                            null::text as limits_reason, date '2016-01-12' as data_as_at
                        from range(24) as month (i), unnest([%s]) as measures (measure)
                        """.formatted(measures));
        Path site = folder.resolve("site");
        Site.write(release.write(site), TestRelease.PAGES);
        return Files.readString(site.resolve("index.html"));
    }
}
