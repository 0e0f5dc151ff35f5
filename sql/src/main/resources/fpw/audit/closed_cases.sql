-- Closed cases that are still waiting in a queue of cases: their exit event is missing. Grain: milestones with such queues; queues is a text such
-- as 'interview 1, safeguarding 2', null if no case is waiting. Reads: event, spell, case_milestone_open, and what the force defines.
with

closed as (

    select
        milestone_event.milestones,
        event.item_key,
        max(event.occurred_on) as closed_on
    from event
    inner join milestone_event
        on event.item_kind = milestone_event.item_kind and event.event = milestone_event.event
    where
        milestone_event.role = 'closes'
        and event.occurred_on <= milestone_event.data_as_at
    group by milestone_event.milestones, event.item_key

),

waiting as (

    select
        closed.milestones,
        spell.queue,
        spell.item_key
    from spell
    inner join case_queue
        on spell.queue = case_queue.queue and not case_queue.is_linked
    inner join closed
        on
            case_queue.milestones = closed.milestones
            and spell.item_key = closed.item_key
            and spell.entered_on <= closed.closed_on
    anti join case_milestone_open
        on
            closed.milestones = case_milestone_open.milestones
            and closed.item_key = case_milestone_open.case_key
    where spell.left_on is null

),

by_queue as (

    select
        milestones,
        queue,
        count(distinct item_key) as case_count
    from waiting
    group by milestones, queue

)

select
    known.milestones,
    (
        select count(distinct item_key)
        from waiting
        where waiting.milestones = known.milestones
    ) as case_count,
    (
        select string_agg(queue || ' ' || case_count, ', ' order by queue)
        from by_queue
        where by_queue.milestones = known.milestones
    ) as queues
from (
    select distinct milestones from case_queue
    where not is_linked
) as known
order by known.milestones
