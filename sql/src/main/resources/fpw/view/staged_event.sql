-- Rows of the staging queries with what makes them unusable. copy_number counts rows that state the same event: the first stands for all. Faults and
-- copies are rare, so they are found by counting and
-- only they are looked at closely.
-- Grain: none (one row per staging row). Parameters: none.
with

faulty as (

    select
        item_key,
        min(problem) as item_problem
    from staged_row
    where problem is not null
    group by item_key

),

repeated as (

    select
        item_kind,
        item_key,
        event,
        occurred_on,
        occurred_at,
        event_order
    from staged_row
    group by item_kind, item_key, event, occurred_on, occurred_at, event_order
    having count(*) > 1

),

marked as (

    select
        staged_row.*,
        repeated.item_key is not null as is_repeated,
        if(staged_row.item_key is null, staged_row.problem, faulty.item_problem) as item_problem
    from staged_row
    left join repeated
        on
            staged_row.item_kind = repeated.item_kind
            and staged_row.item_key = repeated.item_key
            and staged_row.event = repeated.event
            and staged_row.occurred_on = repeated.occurred_on
            and staged_row.occurred_at <=> repeated.occurred_at
            and staged_row.event_order = repeated.event_order
    left join faulty
        on staged_row.item_key = faulty.item_key

)

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
    item_problem,
    1 as copy_number
from marked
where not is_repeated

union all

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
    item_problem,
    row_number() over (
        partition by item_kind, item_key, event, occurred_on, occurred_at, event_order
        order by staging, contributor_key, to_json(map_from_entries(array_sort(map_entries(attributes))))
    ) as copy_number
from marked
where is_repeated
