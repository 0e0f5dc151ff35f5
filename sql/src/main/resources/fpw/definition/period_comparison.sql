-- mart.period_comparison: what was received, left and was served in each of two periods, how the queue grew, what was due and late, what was at risk and left, and what waited at the end. A period that began
-- before the figures do, or before the day up to which closed items may have been removed or rows are copied, has no counts.
-- Grain: queue, period_kind, compared_with, measure. Reads: series_spell, queue_daily, open_age, age_band, queue_standard, queue_definition, compared_period.
with

first_day as (

    select
        queue,
        min(day) as first_day
    from queue_daily
    group by queue

),

period as (

    select
        compared_period.*,
        compared_period.from_on >= first_day.first_day
        and coalesce(compared_period.from_on >= queue.retained_from, true)
        and coalesce(compared_period.from_on >= queue.frozen_to, true) as is_known
    from compared_period
    inner join first_day
        on compared_period.queue = first_day.queue
    inner join queue_definition as queue
        on compared_period.queue = queue.queue

),

spell as (

    select
        *,
        row_number() over () as spell_number
    from series_spell
    where slice = 'all'

),

-- the first standard that applies for certain; where only dates are known, the event may lie anywhere in its day
due as (

    select
        spell.queue,
        spell.item_key,
        spell.contributor_key,
        spell.due_on,
        coalesce(
            spell.left_on is null or spell.left_on - spell.entered_on > standard.within_days,
            epoch_us(coalesce(spell.left_at, cast(spell.left_on as timestamptz)))
            - epoch_us(coalesce(spell.entered_at, cast(spell.entered_on + 1 as timestamptz) - interval 1 microsecond))
            > standard.within_hours * 3600000000
        ) as is_late,
        coalesce(
            spell.left_on - spell.entered_on <= standard.within_days,
            epoch_us(coalesce(spell.left_at, cast(spell.left_on + 1 as timestamptz) - interval 1 microsecond))
            - epoch_us(coalesce(spell.entered_at, cast(spell.entered_on as timestamptz)))
            <= standard.within_hours * 3600000000
        ) as is_in_time
    from spell
    inner join queue_standard as standard
        on spell.queue = standard.queue
    where
        not spell.is_reentry
        and spell.entered_on = spell.observed_from_on
        and spell.due_on is not null
        and len(list_filter(
            standard.conditions,
            lambda condition: not list_contains(condition.slice_values, coalesce(spell.attributes[condition.slice], '(not recorded)'))
        )) = 0
    qualify standard.standard_order = min(standard.standard_order) over (partition by spell.spell_number)

),

happened as (

    select
        queue,
        'received' as measure,
        entered_on as day,
        contributor_key
    from spell
    where not is_reentry
    union all
    select
        queue,
        'left',
        left_on,
        contributor_key
    from spell
    union all
    select
        queue,
        'served',
        left_on,
        contributor_key
    from spell
    where is_served

),

flow as (

    select
        period.queue,
        period.period_kind,
        period.years_before,
        measures.measure,
        count(happened.day) as item_count,
        count(distinct happened.contributor_key) as case_count
    from period
    cross join unnest(['received', 'left', 'served']) as measures (measure)
    left join happened
        on
            period.queue = happened.queue
            and measures.measure = happened.measure
            and happened.day between period.from_on and period.to_on
    where period.is_known
    group by all

),

standing as (

    select
        period.queue,
        period.period_kind,
        period.years_before,
        sum(daily.received_count + daily.reentered_count - daily.left_count) as net_count,
        arg_max(daily.waiting_count, daily.day) as waiting_count,
        arg_max(daily.past_standard_count, daily.day) as past_standard_count
    from period
    inner join queue_daily as daily
        on period.queue = daily.queue and daily.slice = 'all' and daily.day between period.from_on and period.to_on
    where period.is_known
    group by all

),

longest as (

    select
        period.queue,
        period.period_kind,
        period.years_before,
        coalesce(sum(open_age.waiting_count), 0) as item_count
    from period
    left join open_age
        on
            period.queue = open_age.queue
            and open_age.slice = 'all'
            and period.to_on = open_age.as_of_on
            and open_age.age_band_from_days = (
                select max(age_band.age_band_from_days)
                from age_band
                where age_band.queue = period.queue
            )
    where period.is_known
    group by all

),

late as (

    select
        period.queue,
        period.period_kind,
        period.years_before,
        count(*) filter (due.is_late) as item_count,
        count(due.item_key) as of_item_count,
        count(distinct due.contributor_key) filter (due.is_late) as case_count,
        count(distinct due.contributor_key) as of_case_count
    from period
    left join due
        on period.queue = due.queue and due.due_on between period.from_on and period.to_on and (due.is_late or due.is_in_time)
    where period.is_known and period.queue in (select queue_standard.queue from queue_standard)
    group by all

),

at_risk as (

    select
        period.queue,
        period.period_kind,
        period.years_before,
        count(*) filter (spell.left_on <= period.to_on) as item_count,
        count(spell.item_key) as of_item_count,
        count(distinct spell.contributor_key) as of_case_count
    from period
    left join spell
        on
            period.queue = spell.queue
            and period.to_on >= spell.observed_from_on
            and period.from_on <= spell.observed_to_on
            and spell.is_wait_known
            and not spell.is_reentry
    where period.is_known
    group by all

),

measured as (

    select
        queue,
        period_kind,
        years_before,
        measure,
        item_count,
        null as of_item_count,
        case_count,
        null as of_case_count
    from flow
    union all
    select
        queue,
        period_kind,
        years_before,
        unnest(['net change', 'waiting']),
        unnest([net_count, waiting_count]),
        null,
        null,
        null
    from standing
    union all
    select
        queue,
        period_kind,
        years_before,
        'late share of the stock',
        past_standard_count,
        waiting_count,
        null,
        null
    from standing
    where queue in (select queue_standard.queue from queue_standard)
    union all
    select
        longest.queue,
        longest.period_kind,
        longest.years_before,
        'share in the longest band',
        longest.item_count,
        standing.waiting_count,
        null,
        null
    from longest
    inner join standing
        on
            longest.queue = standing.queue
            and longest.period_kind = standing.period_kind
            and longest.years_before = standing.years_before
    union all
    select
        queue,
        period_kind,
        years_before,
        'served share',
        max(item_count) filter (measure = 'served'),
        max(item_count) filter (measure = 'left'),
        null,
        null
    from flow
    group by queue, period_kind, years_before
    union all
    select
        queue,
        period_kind,
        years_before,
        'late share',
        item_count,
        of_item_count,
        case_count,
        of_case_count
    from late
    union all
    select
        queue,
        period_kind,
        years_before,
        'time waited',
        item_count,
        of_item_count,
        null,
        of_case_count
    from at_risk

),

both_periods as (

    select
        now.queue,
        now.period_kind,
        before.years_before,
        if(before.years_before = 1, 'last year', 'the year before last') as compared_with,
        now.from_on,
        now.to_on,
        before.from_on as earlier_from_on,
        before.to_on as earlier_to_on
    from period as now
    inner join period as before
        on now.queue = before.queue and now.period_kind = before.period_kind and before.years_before > 0
    where now.years_before = 0

),

contributor as (

    select
        both_periods.queue,
        both_periods.period_kind,
        both_periods.compared_with,
        count(distinct spell.contributor_key) as contributor_count
    from both_periods
    left join spell
        on
            both_periods.queue = spell.queue
            and (
                both_periods.to_on >= spell.observed_from_on and both_periods.from_on <= spell.observed_to_on
                or both_periods.earlier_to_on >= spell.observed_from_on and both_periods.earlier_from_on <= spell.observed_to_on
            )
    group by all

)

select
    both_periods.queue,
    both_periods.period_kind,
    both_periods.compared_with,
    measures.measure,
    later.item_count,
    later.of_item_count,
    later.case_count,
    later.of_case_count,
    earlier.item_count as earlier_item_count,
    earlier.of_item_count as earlier_of_item_count,
    earlier.case_count as earlier_case_count,
    earlier.of_case_count as earlier_of_case_count,
    contributor.contributor_count
from both_periods
cross join
    unnest([
        'received', 'left', 'served', 'net change', 'late share', 'time waited', 'waiting', 'late share of the stock',
        'share in the longest band', 'served share'
    ]) as measures (measure)
inner join contributor
    on
        both_periods.queue = contributor.queue
        and both_periods.period_kind = contributor.period_kind
        and both_periods.compared_with = contributor.compared_with
left join measured as later
    on
        both_periods.queue = later.queue
        and both_periods.period_kind = later.period_kind
        and later.years_before = 0
        and measures.measure = later.measure
left join measured as earlier
    on
        both_periods.queue = earlier.queue
        and both_periods.period_kind = earlier.period_kind
        and both_periods.years_before = earlier.years_before
        and measures.measure = earlier.measure
where
    measures.measure not in ('late share', 'late share of the stock')
    or both_periods.queue in (select queue_standard.queue from queue_standard)
