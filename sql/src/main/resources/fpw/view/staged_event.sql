-- Rows of the staging queries with what makes them unusable. copy_number counts rows that state the same event: the first stands for all.
-- Grain: none (one row per staging row). Parameters: none.
select
    source,
    item_kind,
    item_key,
    contributor_key,
    event,
    occurred_on,
    occurred_at,
    event_order,
    attributes,
    staging,
    problem,
    min(problem) over (partition by item_key) as item_problem,
    row_number() over (
        partition by item_key, event, occurred_on, occurred_at, event_order
        order by staging, contributor_key, to_json(map_from_entries(array_sort(map_entries(attributes))))
    ) as copy_number
from staged_row
