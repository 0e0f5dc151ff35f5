-- mart.queue_reentry: spells that began when the item had been in the queue before, by month and reason, and the
-- distinct contributors behind them. Only those from the first day of the figures on. A reason without any has no row
-- here, and 0 in the mart.
-- Grain: queue, slice, slice_value, month_start_on, reentry_reason. Reads: series_spell, queue_daily.
with

first_day as (

    select
        queue,
        min(day) as first_day
    from queue_daily
    group by queue

)

select
    series_spell.queue,
    series_spell.slice,
    series_spell.slice_value,
    cast(date_trunc('month', series_spell.entered_on) as date) as month_start_on,
    series_spell.reentry_reason,
    count(*) as reentered_count,
    count(distinct series_spell.contributor_key) as contributor_count
from series_spell
inner join first_day
    on series_spell.queue = first_day.queue and series_spell.entered_on >= first_day.first_day
where series_spell.is_reentry
group by all
