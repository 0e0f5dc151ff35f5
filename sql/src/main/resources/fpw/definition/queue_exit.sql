-- mart.queue_exit: spells that ended, by month and reason, and the distinct contributors behind them. Only those from the first day of the figures on. A reason without any has no row here, and 0 in the mart.
-- Grain: queue, slice, slice_value, month_start_on, exit_reason. Reads: series_spell, queue_daily.
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
    cast(date_trunc('month', series_spell.left_on) as date) as month_start_on,
    series_spell.left_as as exit_reason,
    count(*) as left_count,
    count(distinct series_spell.contributor_key) as contributor_count
from series_spell
inner join first_day
    on series_spell.queue = first_day.queue and series_spell.left_on >= first_day.first_day
group by all
