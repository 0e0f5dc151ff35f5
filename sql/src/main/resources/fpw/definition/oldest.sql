-- mart.queue_daily, oldest_age_days and oldest_wait_days: of what waits when a day ends, the longest time since the item's first entry, and since its latest. An entry on a date that is not believed counts for neither.
-- Grain: queue, slice, slice_value, day. Reads: series_spell, queue_daily.
select
    days.queue,
    days.slice,
    days.slice_value,
    days.day,
    max(days.day - spells.first_entered_on) filter (spells.is_age_known) as oldest_age_days,
    max(days.day - spells.entered_on) filter (spells.is_wait_known) as oldest_wait_days
from queue_daily as days
inner join series_spell as spells
    on
        days.queue = spells.queue
        and days.slice = spells.slice
        and days.slice_value = spells.slice_value
        and days.day >= spells.entered_on
        and days.day < coalesce(spells.left_on, date '9999-12-31')
group by all
