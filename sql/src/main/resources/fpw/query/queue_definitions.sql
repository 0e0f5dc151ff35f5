-- What does each queue count, from which event to which?
-- Says: the definitions that this release was created with, long texts in several lines. '*' marks the exits that count as the work being done.
--   'version since' is there where earlier releases were counted by another version, all history of them.
-- Cannot say: that two queues with similar names can be compared; look at entered_by, left_by and item_unit first. Queues overlap: a stage
--   is part of its parent_queue, and one device can be in several queues that are stages of nothing. Never add queues.
-- Grain: queue, property, line. Parameters: queue. One row per queue: select * from mart.dim_queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

property as (

    select
        queue,
        unnest([
            'title, version', 'version since', 'item_unit', 'parent_queue', 'entered_by', 're_entered_by', 'left_by', 'observed_from', 'description'
        ]) as property,
        unnest([
            title || ', ' || queue_version,
            version_since_on || ', before it version ' || previous_version,
            item_unit, parent_queue, entered_by, re_entered_by, left_by, observed_from::varchar, description
        ]) as says,
        unnest(range(9)) as place
    from mart.dim_queue

),

wrapped as (

    select
        queue,
        place,
        property,
        regexp_extract_all(says, '(\S.{0,56}\S|\S)(?:\s+|$)', 1) as lines
    from property
    where
        says is not null
        and (:queue is null or queue = :queue)

)

select
    queue,
    case when line = 1 then property end as property,
    lines[line] as says
from (
    select
        *,
        unnest(range(1, len(lines) + 1)) as line
    from wrapped
) as numbered
order by queue asc, place asc, line asc
