-- Items that a queue excludes because of the order of their events, or because their age is unknown. Grain: queue that excludes any. Reads: spell,
-- irregularity.
with

left_out as (

    select
        queue,
        item_key
    from irregularity
    where treatment = 'item excluded from the queue'
    union
    select
        queue,
        item_key
    from spell
    where not is_age_known

),

known as (

    select
        queue,
        item_key
    from spell
    union
    select
        queue,
        item_key
    from left_out

)

select
    known.queue,
    count(left_out.item_key) as left_out_count,
    count(*) as item_count
from known
left join left_out
    on known.queue = left_out.queue and known.item_key = left_out.item_key
group by known.queue
having count(left_out.item_key) > 0
order by known.queue
