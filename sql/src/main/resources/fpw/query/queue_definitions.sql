-- What does each queue count, from which event to which?
-- Says: the definitions that this release was made with. '*' marks the exits that count as the work being done.
-- Cannot say: that two queues with similar names can be compared; look at entered_by, left_by and item_unit first.
-- Grain: queue. Parameters: none.
select
    queue,
    queue_version,
    title,
    item_unit,
    parent_queue,
    entered_by,
    re_entered_by,
    left_by,
    observed_from,
    description
from mart.dim_queue
order by queue asc
