-- mart.capacity_monthly: what a unit examined in a month, and what was sent to a provider, came back and was there at the month's end, from the flows of its queue; and the staff in post, of which rows of one unit and month add up.
-- Where a row of core.staffing has no number, staff is not known: of its unit and month, or of all that it may be about.
-- Grain: capacity, slice, slice_value, month_start_on. Reads: queue_monthly, capacity_definition, staffing.
with

in_post as (

    select
        unit,
        month_start_on,
        cast(sum(cast(staff_in_post as decimal(18, 4))) as double) as staff_in_post
    from staffing
    group by unit, month_start_on

),

fault as (

    select distinct
        unit,
        month_start_on
    from staffing
    where staff_in_post is null

)

select
    capacity.capacity,
    months.slice,
    months.slice_value,
    months.month_start_on,
    if(
        months.slice = 'all'
        and not exists (
            select 1 from fault
            where
                coalesce(fault.unit, capacity.staffing_unit) = capacity.staffing_unit
                and coalesce(fault.month_start_on, months.month_start_on) = months.month_start_on
        ),
        in_post.staff_in_post,
        null
    ) as staff_in_post,
    months.served_count as examined_count,
    if(capacity.capacity_kind = 'provider', months.received_count + months.reentered_count, null) as sent_count,
    if(capacity.capacity_kind = 'provider', months.served_count, null) as returned_examined_count,
    if(capacity.capacity_kind = 'provider', months.left_count - months.served_count, null) as returned_unexamined_count,
    if(capacity.capacity_kind = 'provider', months.waiting_count, null) as with_provider_count
from queue_monthly as months
inner join capacity_definition as capacity
    on months.queue = capacity.queue and months.slice in ('all', capacity.slice)
left join in_post
    on capacity.staffing_unit = in_post.unit and months.month_start_on = in_post.month_start_on
