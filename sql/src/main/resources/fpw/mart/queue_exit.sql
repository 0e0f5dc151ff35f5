-- Exits by month and reason, zero where none left so.
-- Grain: queue, slice, slice_value, month_start_on, exit_reason. Parameters: none.
with

reasons as (

    select
        queue,
        left_as as exit_reason,
        max(is_served) as is_served
    from queue_event
    where role = 'leaves'
    group by queue, left_as

),

counts as (

    select
        queue,
        slice,
        slice_value,
        cast(trunc(left_on, 'MM') as date) as month_start_on,
        left_as as exit_reason,
        sum(stay_count) as left_count,
        sum(sole_count) as contributor_count
    from stay
    where left_on is not null
    group by queue, slice, slice_value, cast(trunc(left_on, 'MM') as date), left_as
    union all
    select
        queue,
        slice,
        slice_value,
        cast(trunc(left_on, 'MM') as date) as month_start_on,
        left_as as exit_reason,
        0 as left_count,
        count(distinct contributor_key) as contributor_count
    from spell_slice
    where
        not is_sole
        and left_on is not null
    group by queue, slice, slice_value, cast(trunc(left_on, 'MM') as date), left_as

),

exits as (

    select
        queue,
        slice,
        slice_value,
        month_start_on,
        exit_reason,
        sum(left_count) as left_count,
        sum(contributor_count) as contributor_count
    from counts
    group by queue, slice, slice_value, month_start_on, exit_reason

)

select
    months.queue,
    months.slice,
    months.slice_value,
    months.month_start_on,
    months.measured_to_on,
    reasons.exit_reason,
    reasons.is_served,
    coalesce(exits.left_count, 0) as left_count,
    months.is_partial,
    months.is_provisional,
    coalesce(exits.contributor_count, 0) as contributor_count
from measured_month as months
inner join reasons
    on months.queue = reasons.queue
left join exits
    on
        months.queue = exits.queue
        and months.slice = exits.slice
        and months.slice_value = exits.slice_value
        and months.month_start_on = exits.month_start_on
        and reasons.exit_reason = exits.exit_reason
