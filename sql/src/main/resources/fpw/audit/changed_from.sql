-- The first day from which a queue must be counted if only single spells changed. A month or week that begins earlier is counted from that day
-- only: nothing differs before. Grain: queue. Reads: changed_spell, recounted_queue.
select
    queue,
    least(
        cast(date_trunc('month', min(changed_on)) as date),
        cast(date_trunc('week', min(changed_on)) as date)
    ) as first_day
from changed_spell
where queue not in (select recounted_queue.queue from recounted_queue)
group by queue
