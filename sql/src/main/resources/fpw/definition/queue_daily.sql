-- mart.queue_daily: flows by day (served_count, of what left, stands in the mart by week and month only), and what stands at the end of each day: what came up to it, less what left up to it.
-- The days run from the first one of the queue's figures (that from which the source is complete, otherwise the first entry on a date that is believed) to the business date; what happened before stands on the first.
-- Grain: queue, slice, slice_value, day. Reads: series_spell, queue_definition, queue_standard, frozen_series, business_date.
with

first_day as (

    select
        queue.queue,
        coalesce(
            greatest(queue.observed_from, queue.retained_from),
            min(series_spell.entered_on) filter (series_spell.is_wait_known),
            min(series_spell.observed_to_on)
        ) as first_day
    from queue_definition as queue
    left join series_spell
        on queue.queue = series_spell.queue and series_spell.slice = 'all'
    group by queue.queue, queue.observed_from, queue.retained_from

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
    union
    select
        queue,
        slice,
        slice_value
    from frozen_series

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
        left_on,
        'served',
        1
    from series_spell
    where is_served
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
    where due_on is not null and greatest(entered_on, due_on - 7) < least(due_on, coalesce(left_on, due_on))
    union all
    select
        queue,
        slice,
        slice_value,
        least(due_on, coalesce(left_on, due_on)),
        'soon',
        -1
    from series_spell
    where due_on is not null and greatest(entered_on, due_on - 7) < least(due_on, coalesce(left_on, due_on))
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
    union all
    select
        queue,
        slice,
        slice_value,
        entered_on,
        'closed ahead',
        1
    from series_spell
    where is_closed_ahead

),

by_day as (

    select
        changes.queue,
        changes.slice,
        changes.slice_value,
        greatest(changes.day, first_day.first_day) as day,
        count(*) filter (changes.what = 'received' and changes.day >= first_day.first_day) as received_count,
        count(*) filter (changes.what = 'reentered' and changes.day >= first_day.first_day) as reentered_count,
        count(*) filter (changes.what = 'left' and changes.day >= first_day.first_day) as left_count,
        count(*) filter (changes.what = 'served' and changes.day >= first_day.first_day) as served_count,
        count(*) filter (changes.what in ('received', 'reentered')) - count(*) filter (changes.what = 'left') as waiting_change,
        coalesce(sum(changes.change) filter (changes.what = 'past'), 0) as past_change,
        coalesce(sum(changes.change) filter (changes.what = 'soon'), 0) as soon_change,
        coalesce(sum(changes.change) filter (changes.what = 'unknown'), 0) as unknown_change,
        coalesce(sum(changes.change) filter (changes.what = 'out of order'), 0) as out_of_order_change,
        coalesce(sum(changes.change) filter (changes.what = 'closed ahead'), 0) as closed_ahead_change
    from changes
    inner join first_day
        on changes.queue = first_day.queue
    group by changes.queue, changes.slice, changes.slice_value, greatest(changes.day, first_day.first_day)

),

-- what is late only matters where a standard can apply to an item of the series
can_be_late as (

    select distinct
        series.queue,
        series.slice,
        series.slice_value
    from series
    inner join queue_standard as standard
        on series.queue = standard.queue
    where
        len(list_filter(
            standard.conditions,
            lambda condition: (condition.slice = series.slice and not list_contains(condition.slice_values, series.slice_value))
            or (
                starts_with(series.slice, condition.slice || ' x ')
                and len(list_filter(condition.slice_values, lambda value: starts_with(series.slice_value, value || ' x '))) = 0
            )
            or (
                ends_with(series.slice, ' x ' || condition.slice)
                and len(list_filter(condition.slice_values, lambda value: ends_with(series.slice_value, ' x ' || value))) = 0
            )
        )) = 0

),

-- each queue, and each stage for the queue that it belongs to
part as (

    select
        queue,
        queue as part,
        data_as_at
    from queue_definition
    union all
    select
        parent_queue,
        queue,
        data_as_at
    from queue_definition
    where parent_queue is not null

),

-- a standard is past in the queue or in a stage of it; unknown on days on which one of them is
timed as (

    select
        part.queue,
        min(part.data_as_at) as known_to_on
    from part
    group by part.queue
    having bool_or(part.part in (select standard.queue from queue_standard as standard))

),

late as (

    select
        part.queue,
        spell.item_key,
        spell.earliest_due_on as late_from_on,
        coalesce(spell.left_on, date '9999-12-31') as late_to_on
    from series_spell as spell
    inner join part
        on spell.queue = part.part
    where spell.slice = 'all' and spell.earliest_due_on < coalesce(spell.left_on, date '9999-12-31')

),

-- an item that is late in several of them at once is late once: a time that begins after all before it have ended is another
late_begun as (

    select
        *,
        coalesce(late_from_on > max(late_to_on) over earlier, true) as is_begin
    from late
    window earlier as (
        partition by queue, item_key
        order by late_from_on, late_to_on
        rows between unbounded preceding and 1 preceding
    )

),

late_numbered as (

    select
        *,
        sum(cast(is_begin as integer)) over (
            partition by queue, item_key
            order by late_from_on, late_to_on
            rows between unbounded preceding and current row
        ) as stretch
    from late_begun

),

late_stretch as (

    select
        queue,
        min(late_from_on) as late_from_on,
        max(late_to_on) as late_to_on
    from late_numbered
    group by queue, item_key, stretch

),

late_by_day as (

    select
        late_change.queue,
        greatest(late_change.day, first_day.first_day) as day,
        sum(late_change.change) as change
    from (
        select
            queue,
            late_from_on as day,
            1 as change
        from late_stretch
        union all
        select
            queue,
            late_to_on,
            -1
        from late_stretch
        where late_to_on < date '9999-12-31'
    ) as late_change
    inner join first_day
        on late_change.queue = first_day.queue
    group by late_change.queue, greatest(late_change.day, first_day.first_day)

),

-- only a queue with stages can be out of their order
parent as (

    select distinct parent_queue as queue
    from queue_definition
    where parent_queue is not null

),

standing as (

    select
        days.queue,
        days.slice,
        days.slice_value,
        days.day,
        coalesce(by_day.received_count, 0) as received_count,
        coalesce(by_day.reentered_count, 0) as reentered_count,
        coalesce(by_day.left_count, 0) as left_count,
        coalesce(by_day.served_count, 0) as served_count,
        sum(coalesce(by_day.waiting_change, 0)) over up_to_day as waiting_count,
        if(can_be_late.queue is null, null, sum(coalesce(by_day.past_change, 0)) over up_to_day) as past_standard_count,
        if(
            days.slice = 'all' and days.day <= timed.known_to_on,
            sum(coalesce(late_by_day.change, 0)) over up_to_day,
            null
        ) as past_any_standard_count,
        if(can_be_late.queue is null, null, sum(coalesce(by_day.soon_change, 0)) over up_to_day) as due_next_7_days_count,
        sum(coalesce(by_day.unknown_change, 0)) over up_to_day as age_unknown_count,
        if(parent.queue is null, null, sum(coalesce(by_day.out_of_order_change, 0)) over up_to_day) as out_of_order_count,
        sum(coalesce(by_day.closed_ahead_change, 0)) over up_to_day as closed_ahead_count
    from days
    left join by_day
        on
            days.queue = by_day.queue
            and days.slice = by_day.slice
            and days.slice_value = by_day.slice_value
            and days.day = by_day.day
    left join can_be_late
        on
            days.queue = can_be_late.queue
            and days.slice = can_be_late.slice
            and days.slice_value = can_be_late.slice_value
    left join parent
        on days.queue = parent.queue
    left join timed
        on days.queue = timed.queue
    left join late_by_day
        on
            days.queue = late_by_day.queue
            and days.day = late_by_day.day
    window up_to_day as (partition by days.queue, days.slice, days.slice_value order by days.day)

)

select
    *,
    waiting_count - received_count - reentered_count + left_count as opening_count
from standing
