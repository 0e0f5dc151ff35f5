-- The day from which on a queue has to be counted of which single spells have changed. A month or week that begins before this day is counted in part,
-- in which nothing differs. Grain: queue. Reads: changed_spell, recounted_queue.
select
    queue,
    least(
        cast(date_trunc('month', min(changed_on)) as date),
        cast(date_trunc('week', min(changed_on)) as date)
    ) as first_day
from changed_spell
where queue not in (select recounted_queue.queue from recounted_queue)
group by queue
