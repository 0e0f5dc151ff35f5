-- mart.reentry_share: spells that ended, by month, and those of them after which the item came back within 90 days.
-- Nothing is said of an exit before the 90 days are over on the last day that is known. Only exits from the first day of
-- the figures on. A month without any has no row here, and 0 in the mart.
-- Grain: queue, slice, slice_value, month_start_on. Reads: series_spell, queue_daily.
with

first_day as (

    select
        queue,
        min(day) as first_day
    from queue_daily
    group by queue

),

exits as (

    select
        series_spell.*,
        series_spell.left_on + 90 <= series_spell.data_as_at as is_known,
        coalesce(series_spell.reentered_on - series_spell.left_on <= 90, false) as has_come_back
    from series_spell
    inner join first_day
        on series_spell.queue = first_day.queue and series_spell.left_on >= first_day.first_day

)

select
    queue,
    slice,
    slice_value,
    cast(date_trunc('month', left_on) as date) as month_start_on,
    count(*) as left_count,
    count(*) filter (is_known) as known_count,
    count(*) filter (is_known and has_come_back) as reentered_count,
    count(*) filter (not is_known) as not_yet_known_count,
    count(distinct contributor_key) as contributor_count
from exits
group by all
