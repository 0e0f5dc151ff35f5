-- mart.queue_exit: spells that ended, by month and reason, and the distinct contributors behind them. Only those from the first day of the figures on. A reason without any has no row here, and 0 in the mart.
-- Grain: queue, slice, slice_value, month_start_on, exit_reason. Reads: series_spell, queue_daily.
select
    queue,
    slice,
    slice_value,
    cast(date_trunc('month', left_on) as date) as month_start_on,
    left_as as exit_reason,
    count(*) as left_count,
    count(distinct contributor_key) as contributor_count
from series_spell
inner join (select queue as of_queue, min(day) as first_day from queue_daily group by queue) as figures
    on queue = figures.of_queue
where left_on >= figures.first_day
group by all
