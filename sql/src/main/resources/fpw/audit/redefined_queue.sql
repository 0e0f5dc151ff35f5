-- Queues whose figures may differ although no row has changed. A queue and its stages together decide which items are out of order: if one of them
-- is changed, new or removed, all are redefined. Grain: queue. Reads: different_basis, and what the force defines in both releases.
-- Parameter: changed_queues, texts. Queues whose staging queries, rules or lists changed.
with

family as (

    select
        queue,
        coalesce(parent_queue, queue) as whole
    from replaced.queue_definition
    union
    select
        queue,
        coalesce(parent_queue, queue)
    from main.queue_definition

),

redefined as (

    select queue from different_basis
    union
    select unnest(:changed_queues)
    union
    (
        select queue from main.queue_definition
        except
        select queue from replaced.queue_definition
    )
    union
    (
        select queue from replaced.queue_definition
        except
        select queue from main.queue_definition
    )

)

select distinct queue
from family
where whole in (select changed.whole from family as changed semi join redefined on changed.queue = redefined.queue)
