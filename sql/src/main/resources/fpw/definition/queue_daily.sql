-- mart.queue_daily: flows by day, and what stands at the end of each day: what came up to it, less what left up to it. What is past its standard, or will be within seven days, only matters where a standard can apply.
-- The days run from the first one of the queue's figures (that from which the source is complete, otherwise the first entry on a date that is believed) to the business date; what happened before stands on the first.
-- Grain: queue, slice, slice_value, day. Reads: series_spell, queue_definition, business_date.
with

first_day as (

    select
        queue.queue,
        coalesce(
            queue.observed_from,
            min(series_spell.entered_on) filter (series_spell.is_wait_known),
            min(series_spell.observed_to_on)
        ) as first_day
    from queue_definition as queue
    left join series_spell
        on queue.queue = series_spell.queue and series_spell.slice = 'all'
    group by queue.queue, queue.observed_from

),

series as (

    select distinct
        queue,
        slice,
        slice_value
    from series_spell
    union
    select
        queue,
        'all',
        'all'
    from queue_definition

),

days as (

    select
        series.*,
        cast(unnest(generate_series(first_day.first_day, business_date.day, interval 1 day)) as date) as day
    from series
    inner join first_day
        on series.queue = first_day.queue
    cross join business_date
    where first_day.first_day <= business_date.day

),

-- a spell that leaves on the day on which it would begin to count does not count
changes as (

    select
        queue,
        slice,
        slice_value,
        entered_on as day,
        'received' as what,
        1 as change
    from series_spell
    where not is_reentry
    union all
    select
        queue,
        slice,
        slice_value,
        entered_on,
        'reentered',
        1
    from series_spell
    where is_reentry
    union all
    select
        queue,
        slice,
        slice_value,
        left_on,
        'left',
        1
    from series_spell
    where left_on is not null
    union all
    select
        queue,
        slice,
        slice_value,
        due_on,
        'past',
        1
    from series_spell
    where due_on < coalesce(left_on, date '9999-12-31')
    union all
    select
        queue,
        slice,
        slice_value,
        left_on,
        'past',
        -1
    from series_spell
    where due_on < left_on
    union all
    select
        queue,
        slice,
        slice_value,
        greatest(entered_on, due_on - 7),
        'soon',
        1
    from series_spell
    where greatest(entered_on, due_on - 7) < least(due_on, coalesce(left_on, due_on))
    union all
    select
        queue,
        slice,
        slice_value,
        least(due_on, coalesce(left_on, due_on)),
        'soon',
        -1
    from series_spell
    where greatest(entered_on, due_on - 7) < least(due_on, coalesce(left_on, due_on))
    union all
    select
        queue,
        slice,
        slice_value,
        entered_on,
        'unknown',
        1
    from series_spell
    where not is_age_known
    union all
    select
        queue,
        slice,
        slice_value,
        left_on,
        'unknown',
        -1
    from series_spell
    where not is_age_known and left_on is not null
    union all
    select
        queue,
        slice,
        slice_value,
        entered_on,
        'out of order',
        1
    from series_spell
    where is_out_of_order
    union all
    select
        queue,
        slice,
        slice_value,
        left_on,
        'out of order',
        -1
    from series_spell
    where is_out_of_order and left_on is not null

),

counted as (

    select
        days.queue,
        days.slice,
        days.slice_value,
        days.day,
        coalesce(sum(changes.change) filter (changes.what = 'received' and changes.day = days.day), 0) as received_count,
        coalesce(sum(changes.change) filter (changes.what = 'reentered' and changes.day = days.day), 0) as reentered_count,
        coalesce(sum(changes.change) filter (changes.what = 'left' and changes.day = days.day), 0) as left_count,
        coalesce(sum(changes.change) filter (changes.what in ('received', 'reentered')), 0)
        - coalesce(sum(changes.change) filter (changes.what = 'left'), 0) as waiting_change,
        coalesce(sum(changes.change) filter (changes.what = 'past'), 0) as past_change,
        coalesce(sum(changes.change) filter (changes.what = 'soon'), 0) as soon_change,
        coalesce(sum(changes.change) filter (changes.what = 'unknown'), 0) as unknown_change,
        coalesce(sum(changes.change) filter (changes.what = 'out of order'), 0) as out_of_order_change
    from days
    inner join first_day
        on days.queue = first_day.queue
    left join changes
        on
            days.queue = changes.queue
            and days.slice = changes.slice
            and days.slice_value = changes.slice_value
            and days.day = greatest(changes.day, first_day.first_day)
    group by days.queue, days.slice, days.slice_value, days.day

)

select
    queue,
    slice,
    slice_value,
    day,
    received_count,
    reentered_count,
    left_count,
    sum(waiting_change) over up_to_day as waiting_count,
    sum(past_change) over up_to_day as past_standard_count,
    sum(soon_change) over up_to_day as due_next_7_days_count,
    sum(unknown_change) over up_to_day as age_unknown_count,
    sum(out_of_order_change) over up_to_day as out_of_order_count
from counted
window up_to_day as (partition by queue, slice, slice_value order by day)
