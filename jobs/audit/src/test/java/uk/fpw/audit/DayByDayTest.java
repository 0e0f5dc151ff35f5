package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.FigureDefinition;

/**
 * Definitions that add up changes agree with looking at every spell on every day: items that come back, contributors
 * whose spells overlap, implausible entries, and observation that begins late.
 */
@Tag("time-zone")
class DayByDayTest {

    private final AuditSession session = AuditSession.open("Europe/London");

    /**
     * 900 spells of 40 contributors, in the total and in one of three series of a slice. The source did not show
     * anything before 5 January.
     */
    @BeforeEach
    void someSpells() {
        session.execute("create table business_date as select date '2015-04-10' as day");
        session.execute(
                "create table queue_definition as select 'q' as queue, cast([] as varchar[]) as refused_slices");
        session.execute("create table age_band (queue varchar, age_band_from_days integer, age_band_to_days integer)");
        session.execute("insert into age_band values ('q', 0, 6), ('q', 7, 30), ('q', 31, null)");
        session.execute("""
                create table series_spell as
                with item as (
                    select
                        number,
                        hash(number, 'again') % 3 = 0 as is_reentry,
                        cast(date '2014-12-10' + cast(hash(number, 'first') % 110 as integer) as date) as \
                first_entered_on
                    from range(900) as numbers (number)
                ),
                entry as (
                    select *, first_entered_on + if(is_reentry, cast(hash(number, 'back') % 40 as integer), 0) as \
                entered_on from item
                ),
                spell as (
                    select *, if(hash(number, 'left') % 5 = 0, null, entered_on + cast(hash(number, 'wait') % 50 as \
                integer)) as leaves_on from entry
                ),
                known as (
                    select *, if(leaves_on <= date '2015-04-10', leaves_on, null) as left_on from spell where \
                entered_on <= date '2015-04-10'
                )
                select
                    'q' as queue,
                    unnest(['all', 'kind']) as slice,
                    unnest(['all', 'kind ' || number % 3]) as slice_value,
                    'c' || hash(number, 'contributor') % 40 as contributor_key,
                    is_reentry,
                    first_entered_on,
                    entered_on,
                    left_on,
                    if(left_on is null, null, 'done ' || number % 2) as left_as,
                    first_entered_on >= date '2014-12-20' as is_age_known,
                    entered_on >= date '2014-12-20' as is_wait_known,
                    cast(null as date) as retained_from,
                    greatest(entered_on, date '2015-01-05') as observed_from_on,
                    coalesce(left_on, date '2015-04-10') as observed_to_on
                from known
                where coalesce(left_on, date '2015-04-10') >= date '2015-01-05'
                """);
        session.execute("""
                create table queue_daily as
                select queue, slice, slice_value, cast(day as date) as day from (select distinct queue, slice, \
                slice_value from series_spell)
                cross join generate_series(date '2015-01-05', date '2015-04-10', interval 1 day) as days (day)
                """);
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void contributorsOfADayAndOfEveryPeriod() {
        session.execute("create macro start_of_day(day) as day");
        session.execute("create macro start_of_week(day) as date_trunc('week', day)");
        session.execute("create macro start_of_month(day) as date_trunc('month', day)");
        session.execute("create macro start_of_quarter(day) as make_date(year(day), 3 * quarter(day) - 2, 1)");
        session.execute("create macro start_of_year(day) as make_date(year(day) - if(month(day) < 4, 1, 0), 4, 1)");
        for (String period : new String[] {"day", "week", "month", "quarter", "financial year"}) {
            assertSame("contributors", "period = '" + period + "'", """
                    select days.queue, days.slice, days.slice_value, '%1$s' as period, days.start_on as \
                    period_start_on, count(distinct contributor_key) as contributor_count
                    from (select distinct queue, slice, slice_value, cast(start_of_%2$s(day) as date) as start_on \
                    from queue_daily) as days
                    left join series_spell as spell
                        on days.slice_value = spell.slice_value
                        and start_of_%2$s(spell.observed_from_on) <= days.start_on and spell.observed_to_on >= \
                    days.start_on
                    group by all
                    """.formatted(
                            period, period.replace("financial ", "")));
        }
    }

    @Test
    void oldestOfWhatWaits() {
        assertSame("oldest", "true", """
                select
                    days.queue, days.slice, days.slice_value, days.day,
                    max(day - first_entered_on) filter (is_age_known) as oldest_age_days,
                    max(day - entered_on) filter (is_wait_known) as oldest_wait_days
                from queue_daily as days
                inner join series_spell as spell
                    on days.slice_value = spell.slice_value and entered_on <= day and coalesce(left_on > day, true)
                group by all
                having oldest_age_days is not null or oldest_wait_days is not null
                """);
    }

    @Test
    void whatWaitsByAgeBand() {
        assertSame("open_age", "true", """
                with waiting as (
                    select
                        spell.*, as_of_on,
                        unnest([if(is_age_known, as_of_on - first_entered_on, -1), if(is_wait_known, as_of_on - \
                entered_on, -1)]) as days,
                        unnest([1, 0]) as by_age
                    from series_spell as spell
                    inner join (select distinct least(last_day(day), date '2015-04-10') as as_of_on from queue_daily)
                        on entered_on <= as_of_on and coalesce(left_on > as_of_on, true)
                )
                select
                    queue, slice, slice_value, as_of_on,
                    case when days < 0 then -1 when days < 7 then 0 when days < 31 then 7 else 31 end as \
                age_band_from_days,
                    sum(by_age) as waiting_count, sum(1 - by_age) as waiting_since_entry_count, count(distinct \
                contributor_key) as contributor_count
                from waiting
                group by all
                """);
    }

    @Test
    void whoIsAtRiskOnADayOfWait() {
        session.execute(
                "create table cohort_spell as " + definition("cohort_spell").sql());
        session.execute(
                "create table wait_summary as " + definition("wait_summary").sql());

        assertSame("wait_curve", "true", """
                select
                    exits.queue, exits.slice, exits.slice_value, exits.cohort, exits.wait_days, exits.exit_reason,
                    (
                        select count(*) from cohort_spell as other
                        where
                            other.slice_value = exits.slice_value and other.cohort = exits.cohort
                            and exits.wait_days between other.first_day and other.last_day
                    ) as at_risk_count,
                    exits.spell_count,
                    (
                        select count(distinct contributor_key) from cohort_spell as other
                        where other.slice_value = exits.slice_value and other.cohort = exits.cohort
                    ) as contributor_count
                from (
                    select
                        queue, slice, slice_value, cohort, last_day as wait_days, coalesce(left_as, '(still waiting)') \
                as exit_reason, count(*) as spell_count
                    from cohort_spell
                    group by all
                ) as exits
                """);
    }

    private void assertSame(String name, String where, String plainly) {
        session.execute("create or replace table plainly as " + plainly);
        session.execute("create or replace table defined as select * from ("
                + definition(name).sql() + ") where " + where);
        String columns = String.join(
                ", ",
                session.rows("select name from pragma_table_info('plainly')").stream()
                        .map(row -> String.valueOf(row.get(0)))
                        .toList());

        assertThat(session.number("select count(*) from plainly")).isGreaterThan(7);
        for (String difference : new String[] {
            "select " + columns + " from plainly except all select " + columns + " from defined",
            "select " + columns + " from defined except all select " + columns + " from plainly"
        }) {
            assertThat(session.rows(difference)).isEmpty();
        }
    }

    private static FigureDefinition definition(String name) {
        return FigureDefinition.all().stream()
                .filter(definition -> definition.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
