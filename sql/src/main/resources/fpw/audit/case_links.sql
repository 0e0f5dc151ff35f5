-- Items that should belong to a case, such as devices, but whose case is unknown. A case is known if it has an event. An item that is its own
-- contributor names no case. Pseudonyms never match approximately. Grain: milestones, item_kind. Reads: event, and what the force defines.
with

linked_kind as (

    select
        milestones,
        item_kind
    from case_activity
    where is_linked
    union
    select
        case_queue.milestones,
        queue_event.item_kind
    from case_queue
    inner join queue_event
        on case_queue.queue = queue_event.queue
    where case_queue.is_linked

),

known_case as (

    select distinct
        milestone_event.milestones,
        substr(event.item_key, instr(event.item_key, ':') + 1) as case_name
    from milestone_event
    inner join event
        on milestone_event.item_kind = event.item_kind

),

like_case as (

    select distinct
        milestones,
        upper(regexp_replace(case_name, '[^A-Za-z0-9]', '', 'g')) as plain_name
    from known_case

),

named as (

    select distinct
        linked_kind.milestones,
        event.item_kind,
        event.item_key,
        if(
            event.contributor_key = event.item_key,
            null,
            substr(event.contributor_key, instr(event.contributor_key, ':') + 1)
        ) as case_name
    from linked_kind
    inner join event
        on linked_kind.item_kind = event.item_kind

),

item as (

    select
        named.milestones,
        named.item_kind,
        named.item_key,
        bool_or(named.case_name is not null) as is_named,
        bool_or(known_case.case_name is not null) as is_known,
        bool_or(like_case.plain_name is not null) as is_like
    from named
    left join known_case
        on named.milestones = known_case.milestones and named.case_name = known_case.case_name
    left join like_case
        on
            named.milestones = like_case.milestones
            and upper(regexp_replace(named.case_name, '[^A-Za-z0-9]', '', 'g')) = like_case.plain_name
    group by named.milestones, named.item_kind, named.item_key

)

select
    milestones,
    item_kind,
    count(*) as item_count,
    count(*) filter (not is_named) as unnamed_count,
    count(*) filter (is_named and not is_known) as unknown_count,
    count(*) filter (is_named and not is_known and is_like) as like_count
from item
group by milestones, item_kind
order by milestones, item_kind
