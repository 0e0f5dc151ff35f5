-- mart.queue_exit: spells that ended, by month and reason, and the distinct contributors behind them. A reason without any has no row here, and 0 in the mart.
-- Grain: queue, slice, slice_value, month_start_on, exit_reason. Reads: series_spell.
select
    queue,
    slice,
    slice_value,
    cast(date_trunc('month', left_on) as date) as month_start_on,
    left_as as exit_reason,
    count(*) as left_count,
    count(distinct contributor_key) as contributor_count
from series_spell
where left_on is not null
group by all
