package uk.fpw.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.fpw.generator.record.DayPlan.FeedChanges;
import uk.fpw.nightly.acceptance.Installation;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/**
 * Three nights of the synthetic force, as the demo runs them, compared with the generator's true figures, recomputed in
 * plain SQL in another database: the loads of each night, every daily flow and stock, ages, standards, milestones,
 * gradings, and what is left out. Run within {@link DemoIT}, whose nights these are.
 */
class FenmarchFigures {

    private static final List<LocalDate> NIGHTS = DemoRun.NIGHTS;
    private static final LocalDate LAST = NIGHTS.get(NIGHTS.size() - 1);

    private static final String DAILY_LINES = """
            select queue || ' ' || slice_value || ' ' || day || ': ' || opening_count || ' + ' || received_count || ' \
            + ' || reentered_count
                || ' - ' || left_count || ' = ' || waiting_count as line
            from mart.queue_daily
            where slice in ('all', 'device_type', 'case_type', 'risk_level')
                and opening_count + received_count + reentered_count + left_count <> 0
            """;

    private static List<String> lines(String sql) {
        return lines(LAST, sql);
    }

    /** The lines of a query over the release of a night. */
    private static List<String> lines(LocalDate night, String sql) {
        DemoRun demo = DemoRun.run();
        return Installation.rows(demo.fpw()
                        .succeed(
                                "query",
                                "--force",
                                demo.force().toString(),
                                "--release",
                                night + ".1",
                                "--format",
                                "json",
                                sql))
                .stream()
                .map(row -> row.get("line").asText())
                .sorted()
                .toList();
    }

    private static List<String> lines(Connection truth, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = truth.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines.stream().sorted().toList();
    }

    @Test
    void everyDayOfEveryQueueIsWhatWasKnownThatNight() throws SQLException {
        for (LocalDate night : NIGHTS) {
            try (Connection truth = TruthDatabase.connect(night)) {
                List<String> wanted = lines(truth, """
                        with series as (
                            select distinct queue, slice_value from sliced
                        ), flows as (
                            select series.queue, series.slice_value, grid.today, coalesce(sum(received), 0) as \
                        received, coalesce(sum(reentered), 0) as reentered,
                                coalesce(sum(gone), 0) as gone
                            from series
                            cross join (select date '2012-12-31' as today union all select today from days) as grid
                            left join moves on moves.queue = series.queue and moves.slice_value = series.slice_value \
                        and moves.today = grid.today
                            group by series.queue, series.slice_value, grid.today
                        ), stocks as (
                            select *, sum(received + reentered - gone) over (partition by queue, slice_value order by \
                        today) as waiting from flows
                        )
                        select queue || ' ' || slice_value || ' ' || today || ': ' || (waiting - received - reentered \
                        + gone) || ' + ' || received || ' + ' || reentered
                            || ' - ' || gone || ' = ' || waiting
                        from stocks
                        where today > date '2012-12-31' and waiting + 2 * gone <> 0
                        """);
                assertThat(wanted).hasSizeGreaterThan(20_000);
                assertThat(lines(night, DAILY_LINES)).as("as known on " + night).isEqualTo(wanted);
            }
        }
    }

    @Test
    void everyNightLoadsWhatWasPlanned() throws SQLException {
        List<String> found = new ArrayList<>();
        List<String> wanted = new ArrayList<>();
        Force force = ForceFolder.read(DemoRun.run().force());
        Force.Storage storage = force.storage();
        try (Connection warehouse = DriverManager.getConnection(storage.jdbcUrl(), storage.jdbcUser(), "");
                Statement statement = warehouse.createStatement();
                ResultSet loads = statement.executeQuery(
                        "select business_date, feed, loaded_count, deleted_count, refused_count from ops.feed_load "
                                + "where status = 'loaded' and business_date in ('2015-12-30', '2015-12-31')")) {
            while (loads.next()) {
                found.add(loads.getString(1) + " " + loads.getString(2) + " loaded " + loads.getInt(3) + " deleted "
                        + loads.getInt(4) + " refused " + loads.getInt(5));
            }
        }
        for (LocalDate night : NIGHTS.subList(1, 3)) {
            for (FeedChanges planned : DemoRun.run().generator().plan(night).feeds()) {
                // a row marked as deleted is also loaded; one that is gone is not
                boolean saysSo = force.feed(planned.feed()).deleted() != null;
                wanted.add(night + " " + planned.feed() + " loaded "
                        + (planned.stored() - (saysSo ? 0 : planned.deleted())) + " deleted " + planned.deleted()
                        + " refused " + planned.refused());
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void theOldestAndWhatIsPastTheStandard() throws SQLException {
        try (Connection truth = TruthDatabase.connect(LAST)) {
            assertThat(lines("""
                            select queue || ' ' || day || ' ' || oldest_age_days || ' ' || oldest_wait_days as line
                            from mart.queue_daily
                            where queue in ('awaiting_examination', 'cases_awaiting_interview') and is_total and \
                            waiting_count > 0 and day >= date '2014-01-01'
                            """)).isEqualTo(lines(truth, """
                            select queue || ' ' || today || ' ' || max(datediff(day, first_entered_on, today)) || ' ' \
                            || max(datediff(day, entered_on, today))
                            from days join spells on entered_on <= today and (left_on is null or left_on > today)
                            where queue in ('awaiting_examination', 'cases_awaiting_interview') and today >= date \
                            '2014-01-01'
                            group by queue, today
                            """));
            // the two days a year on which the clocks change have 23 and 25 hours
            assertThat(lines("""
                            select day || ' ' || past_standard_count as line
                            from mart.queue_daily
                            where queue = 'domestic_abuse_first_look' and is_total
                                and day not in (date '2013-03-31', date '2013-10-27', date '2014-03-30', date \
                            '2014-10-26', date '2015-03-29', date '2015-10-25')
                            """)).isEqualTo(lines(truth, """
                            select today || ' ' || count(case when datediff(second, entered_at, dateadd(day, 1, \
                            today)) > 86400 then 1 end)
                            from days left join spells on entered_on <= today and (left_on is null or left_on > today) \
                            and queue = 'domestic_abuse_first_look'
                            where today not in ('2013-03-31', '2013-10-27', '2014-03-30', '2014-10-26', '2015-03-29', \
                            '2015-10-25')
                            group by today
                            """));
        }
    }

    /** The dates of this force are in order, so that rules alone exclude. */
    @Test
    void everyQueueSaysHowManyItemsOfItsKindRulesExclude() throws SQLException {
        try (Connection truth = TruthDatabase.connect(LAST)) {
            List<String> excluded = lines(truth, """
                    select kind || ' ' || count(distinct item)
                    from (
                        select case feed when 'referrals' then 'referral' when 'case_actions' then 'case' else \
                    'device' end as kind, item
                        from exclusions
                        where feed in ('exhibits', 'exhibit_events', 'case_actions', 'referrals')
                    )
                    group by kind
                    """);
            assertThat(excluded).hasSize(3);
            assertThat(lines("""
                            select distinct item_kind || ' ' || excluded_count as line
                            from mart.queue_daily inner join mart.dim_queue using (queue)
                            where is_total
                            """)).isEqualTo(excluded);
        }
    }

    @Test
    void whatIsRecordedOfEveryOpenCase() throws SQLException {
        try (Connection truth = TruthDatabase.connect(LAST)) {
            assertThat(lines("""
                            select step || ' ' || status || ' ' || aware_on || ' ' || age_days || ' ' || \
                            coalesce(status_on::text, '') as line
                            from mart.case_milestone_open
                            """))
                    .hasSizeGreaterThan(300)
                    .isEqualTo(lines(
                            truth,
                            "select step || ' ' || status || ' ' || aware_on || ' ' || age_days || ' ' || "
                                    + "coalesce(status_on, '') from milestones"));
        }
    }

    @Test
    void daysOnWhichEveryOpenCaseOrADeviceOfItWaited() throws SQLException {
        try (Connection truth = TruthDatabase.connect(LAST)) {
            assertThat(lines("""
                            select aware_on || ' ' || age_days || ' ' || clock_days || ' ' || \
                            coalesce(waiting_since_on::text, '') as line
                            from mart.case_clock
                            """)).hasSizeGreaterThan(80).isEqualTo(lines(truth, """
                            select open_case.aware_on || ' ' || open_case.age_days || ' ' || \
                            count(distinct ago.x) || ' ' ||
                                coalesce(cast(min(case when spell.left_on is null then spell.entered_on end) \
                            as varchar), '')
                            from (select distinct case_ref, aware_on, age_days from milestones) as open_case
                            left join spells as spell
                                on spell.item = open_case.case_ref or spell.contributor = open_case.case_ref
                            left join system_range(1, 3000) as ago
                                on dateadd(day, -ago.x, date '%1$s') >= spell.entered_on
                                and dateadd(day, -ago.x, date '%1$s') < coalesce(spell.left_on, date '%1$s')
                            group by open_case.case_ref, open_case.aware_on, open_case.age_days
                            """.formatted(LAST)));
        }
    }

    @Test
    void everyGradeOfEveryFinancialYear() throws SQLException {
        try (Connection truth = TruthDatabase.connect(LAST)) {
            assertThat(lines("""
                            select scheme_version || ' ' || population || ' ' || selection || ' ' || theme || ' ' || \
                            assessor || ' ' || period_start_on || ' ' || grade || ' '
                                || judgement_count || ' of ' || judgement_total_count as line
                            from mart.grading_share
                            where period_kind = 'financial year' and judgement_count > 0
                            """)).hasSizeGreaterThan(40).isEqualTo(lines(truth, """
                            with graded as (
                                select *, case when month(cast(judged_on as date)) > 3 then year(cast(judged_on as \
                            date)) else year(cast(judged_on as date)) - 1 end as financial
                                from gradings
                            )
                            select scheme_version || ' ' || population || ' ' || selection || ' ' || theme || ' ' || \
                            assessor || ' ' || financial || '-04-01 ' || grade || ' '
                                || count(*) || ' of ' || sum(count(*)) over (partition by scheme_version, population, \
                            selection, theme, assessor, financial)
                            from graded
                            group by scheme_version, population, selection, theme, assessor, financial, grade
                            """));
        }
    }

    @Test
    void everyMonthOfTheUnitAndOfTheProvider() throws SQLException {
        try (Connection truth = TruthDatabase.connect(LAST)) {
            assertThat(lines("""
                            select queue || ' ' || month_start_on || ' ' || coalesce(sent_count, 0) || ' ' || \
                            examined_count || ' ' || coalesce(returned_unexamined_count, 0) || ' ' || \
                            coalesce(with_provider_count, 0) as line
                            from mart.capacity_monthly
                            where is_total
                            """)).hasSize(36 + 9).isEqualTo(lines(truth, """
                            with months as (
                                select queue, dateadd(month, x, date '2012-12-01') as month_start_on, \
                            dateadd(month, x, date '2013-01-01') as next_on
                                from system_range(1, 36) cross join (values ('in_examination'), ('with_provider')) as \
                            of_queue (queue)
                                where queue = 'in_examination' or x > 27
                            )
                            select months.queue || ' ' || month_start_on || ' '
                                || count(case when months.queue = 'with_provider' and entered_on >= month_start_on \
                            and entered_on < next_on then 1 end) || ' '
                                || count(case when is_served = 'true' and left_on >= month_start_on and left_on < \
                            next_on then 1 end) || ' '
                                || count(case when months.queue = 'with_provider' and is_served = 'false' and left_on \
                            >= month_start_on and left_on < next_on then 1 end) || ' '
                                || count(case when months.queue = 'with_provider' and entered_on < next_on and \
                            (left_on is null or left_on >= next_on) then 1 end)
                            from months left join spells on spells.queue = months.queue
                            group by months.queue, month_start_on
                            """));
        }
    }

    /** Means and shares were computed from the generator's stays, and log-rank from first spells, by other programs. */
    @Test
    void declaredOutcomesBeforeAndAfter() {
        assertThat(lines(LAST, """
                        select change || ' ' || queue || ': ' || round(before_value, 6) || ' ' || \
                        round(after_value, 6) || ', ' || placebo_date_count || ' dates, ' || round(placebo_share, 6) \
                        || ', ' || round(autocorrelation, 6) || ', ' || round(before_rank_share, 6) || ', ' \
                        || coalesce(verdict, verdict_reason) as line
                        from mart.change_comparison
                        """))
                .containsExactly(
                        "outsourcing awaiting_examination: 27.083333 24.5, 95 dates, 0.936842, 0.069768, 0.880952, "
                                + "not different",
                        "two_examiners awaiting_examination: 0.118598 0.110228, 85 dates, 0.670588, 0.110036, "
                                + "0.378947, not different",
                        "two_examiners in_examination: 0.595374 0.556831, 85 dates, 0.976471, -0.110927, 0.978947, "
                                + "the three months before the change were unusual (higher than 98 % of earlier "
                                + "ones), and more usual ones would have followed anyway");
        assertThat(lines(LAST, """
                        select queue || ' ' || left_before_count || ' ' || left_after_count || ' ' || \
                        round(left_after_expected, 6) || ' ' || round(log_rank_p_value, 6) as line
                        from mart.change_comparison
                        where outcome = 'wait'
                        """))
                .containsExactly(
                        "awaiting_examination 334 297 303.903412 0.689414",
                        "in_examination 317 294 302.748384 0.769162");
    }

    @Test
    void publishedFactsHaveTheirVerdicts() {
        List<JsonNode> facts =
                DemoRun.run().fpw().query(DemoRun.run().force(), "select fact, verdict from mart.published_fact");
        assertThat(facts.stream()
                        .map(fact -> fact.get("fact").asText() + ": "
                                + fact.get("verdict").asText()))
                .containsExactlyInAnyOrder(
                        "computers_november_2014: by construction",
                        "computers_at_review: by construction",
                        "computers_at_review_in_house: differs by",
                        "longest_wait: by construction",
                        "five_month_analysis: not comparable",
                        "eight_months_no_interview: by construction",
                        "nearly_half_inadequate: by construction",
                        "exploitation_handled_well: by construction",
                        "exploitation_requires_improvement: by construction",
                        "exploitation_inadequate: by construction",
                        "domestic_abuse_backlog_before: by construction",
                        "domestic_abuse_backlog_at_review: by construction",
                        "domestic_abuse_seen_in_a_day: by construction");
        assertThat(new TreeSet<>(
                        facts.stream().map(fact -> fact.get("verdict").asText()).toList()))
                .hasSize(3);
    }

    /** Only September ended 91 days before a release: that of 30 December. */
    @Test
    void threeReleasesDoNotSayHowCompleteMonthsAre() {
        String ofOne = "where queue = 'awaiting_examination' and measure = 'received_count'";
        assertThat(lines(LAST, """
                        select concat_ws(' ', days_after, observed_count, share_low, provisional_days, share_reason)
                            as line
                        from mart.settling
                        """ + ofOne))
                .containsExactlyInAnyOrderElementsOf(Stream.of("1 0", "2 0", "7 0", "14 0", "28 0", "56 0", "91 1")
                        .map(line -> line + " fewer than 12 months")
                        .toList());
        assertThat(lines(LAST, """
                        select
                            concat_ws(' ', month_start_on, days_since_end, period_count, share_low, expected_reason)
                                as line
                        from mart.settling_month
                        """ + ofOne))
                .containsExactly(
                        "2015-10-01 61 0 fewer than 12 months",
                        "2015-11-01 31 0 fewer than 12 months",
                        "2015-12-01 0 0 the month has only just ended");
    }

    @Test
    void everyReadyMadeQueryHasSomethingToSay() {
        DemoRun demo = DemoRun.run();
        List<JsonNode> queries = Installation.rows(demo.fpw().succeed("query", "--list", "--format", "json"));
        assertThat(queries).hasSizeGreaterThan(20);
        for (JsonNode query : queries) {
            String name = query.get("name").asText();
            assertThat(Installation.rows(demo.fpw()
                            .succeed("query", "--force", demo.force().toString(), "--name", name, "--format", "json")))
                    .as(name)
                    // its dates are in order: no queue excludes an item that another counts; its audits name no unit
                    .satisfies(rows -> assertThat(rows.isEmpty())
                            .isEqualTo(Set.of("excluded_items", "units_beyond_limits")
                                    .contains(name)));
        }
    }
}
