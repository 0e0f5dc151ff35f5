-- mart.queue_daily, oldest_age_days and oldest_wait_days: of what waits when a day ends, the longest time since the item's first entry, and since its latest. An entry on a date that is not believed counts for neither.
-- What has waited for as long, without a break, hides a spell: it can be the oldest only from the day on which the last of these has left.
-- Grain: queue, slice, slice_value, day. Reads: series_spell, queue_daily.
with

waiting as (

    select
        queue,
        slice,
        slice_value,
        'age' as time_since,
        first_entered_on as since_on,
        entered_on,
        max(coalesce(left_on, date '9999-12-31')) as left_on
    from series_spell
    where is_age_known
    group by all
    union all
    select
        queue,
        slice,
        slice_value,
        'wait',
        entered_on as since_on,
        entered_on,
        max(coalesce(left_on, date '9999-12-31'))
    from series_spell
    where is_wait_known
    group by all

),

seen as (

    select
        *,
        greatest(
            entered_on,
            max(left_on) filter (entered_on = since_on) over (
                partition by queue, slice, slice_value, time_since
                order by since_on, entered_on
                rows between unbounded preceding and 1 preceding
            )
        ) as from_on
    from waiting

)

select
    days.queue,
    days.slice,
    days.slice_value,
    days.day,
    max(days.day - seen.since_on) filter (seen.time_since = 'age') as oldest_age_days,
    max(days.day - seen.since_on) filter (seen.time_since = 'wait') as oldest_wait_days
from queue_daily as days
inner join seen
    on
        days.queue = seen.queue
        and days.slice = seen.slice
        and days.slice_value = seen.slice_value
        and days.day >= seen.from_on
        and days.day < seen.left_on
group by all
