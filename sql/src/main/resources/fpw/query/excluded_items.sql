-- Which items does a queue exclude, or count without an age or with an outcome that cannot be read, and which queues count them?
-- Says: per queue and item the reason, the event that does not fit with its date, and the queues that hold the item all the same. Code AGE_UNKNOWN: the
--   item counts, but its date of entry is before the earliest that the queue believes. Code OUTCOME_UNREADABLE: it counts as waiting, but a value that
--   may say that it has left cannot be read.
-- Cannot say: which rows are in no figure at all: excluded_rows and `fpw rejections` show these.
-- Grain: queue, item_key, code. Parameters: none.
with

counted as (

    select
        item_key,
        array_to_string(list_sort(list(distinct queue)), ', ') as counted_in
    from core.spell
    group by item_key

),

unknown_age as (

    select
        queue,
        item_key,
        'AGE_UNKNOWN' as code,
        '(received)' as event,
        min(first_entered_on) as occurred_on
    from core.spell
    where not is_age_known
    group by queue, item_key

),

left_out as (

    select
        queue,
        item_key,
        code,
        event,
        occurred_on
    from core.irregularity
    where treatment = 'item excluded from the queue' or code = 'OUTCOME_UNREADABLE'
    union all
    select
        queue,
        item_key,
        code,
        event,
        occurred_on
    from unknown_age

)

select
    left_out.queue,
    left_out.code,
    left_out.item_key,
    left_out.event,
    left_out.occurred_on,
    coalesce(counted.counted_in, '-') as counted_in
from left_out
left join counted
    on left_out.item_key = counted.item_key
order by left_out.queue asc, left_out.code asc, left_out.item_key asc
