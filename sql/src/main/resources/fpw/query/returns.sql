-- How much came back into each queue, month by month?
-- Says: further spells beside first spells. Which event brings an item back, and why, stands in mart.dim_queue.
-- Cannot say: who is to blame: a provider's returns are not rework. A month's re-entries belong to items that left earlier, not to
--   the month's exits.
-- Grain: queue, month_start_on. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    month.queue,
    month.month_start_on,
    month.received_count,
    month.reentered_count,
    month.reentered_count / nullif(month.received_count + month.reentered_count, 0) as reentered_share_of_inflow,
    month.is_partial,
    definition.re_entered_by
from mart.queue_monthly as month
inner join mart.dim_queue as definition
    on month.queue = definition.queue
where
    month.is_total
    and definition.re_entered_by <> '-'
    and (:queue is null or month.queue = :queue)
order by month.queue asc, month.month_start_on asc
