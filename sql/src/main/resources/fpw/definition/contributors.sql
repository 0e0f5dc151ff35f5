-- Contributors behind the rows of mart.queue_daily, _weekly and _monthly: distinct cases or people of whom a spell was observed on a day of the period, seen waiting or leaving. Of a period that begins before the figures do, all its days count.
-- Grain: queue, slice, slice_value, period, period_start_on. Reads: series_spell, queue_daily.
with

periods as (

    select distinct
        queue,
        'day' as period,
        day as from_on,
        day as to_on
    from queue_daily
    union all
    select distinct
        queue,
        'week',
        cast(date_trunc('week', day) as date),
        cast(date_trunc('week', day) as date) + 6
    from queue_daily
    union all
    select distinct
        queue,
        'month',
        cast(date_trunc('month', day) as date),
        last_day(day)
    from queue_daily

)

select
    series_spell.queue,
    series_spell.slice,
    series_spell.slice_value,
    periods.period,
    periods.from_on as period_start_on,
    count(distinct series_spell.contributor_key) as contributor_count
from series_spell
inner join periods
    on
        series_spell.queue = periods.queue
        and series_spell.observed_from_on <= periods.to_on
        and series_spell.observed_to_on >= periods.from_on
group by all
