-- Contributors behind the rows of mart.queue_daily, _weekly and _monthly: distinct cases or people of whom a spell was observed on a day of the period, seen waiting or leaving. Of a period that begins before the figures do, all its days count.
-- Grain: queue, slice, slice_value, period, period_start_on. Reads: series_spell, business_date.
with

periods as (

    select
        'day' as period,
        cast(days.day as date) as from_on,
        cast(days.day as date) as to_on
    from business_date, generate_series((select cast(min(entered_on) as timestamp) from series_spell), cast(business_date.day as timestamp), interval 1 day) as days (day)
    union all
    select
        'week',
        cast(week as date),
        cast(week as date) + 6
    from business_date, generate_series((select cast(date_trunc('week', min(entered_on)) as timestamp) from series_spell), cast(business_date.day as timestamp), interval 7 day) as weeks (week)
    union all
    select
        'month',
        cast(month as date),
        last_day(cast(month as date))
    from business_date, generate_series((select cast(date_trunc('month', min(entered_on)) as timestamp) from series_spell), cast(business_date.day as timestamp), interval 1 month) as months (month)

)

select
    queue,
    slice,
    slice_value,
    period,
    from_on as period_start_on,
    count(distinct contributor_key) as contributor_count
from series_spell
inner join periods
    on observed_from_on <= to_on and observed_to_on >= from_on
group by all
