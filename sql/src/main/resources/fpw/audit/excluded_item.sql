-- Items that a release excludes, from one queue or, if queue is null, from all. Grain: queue, item_key. Reads: exclusion, irregularity.
select
    cast(null as varchar) as queue,
    item_key
from exclusion
where code not in ('NO_EVENT', 'NO_QUEUE')
union
select
    queue,
    item_key
from irregularity
where treatment = 'item excluded from the queue'
