-- Cases that are open on the last day that is known of them, with what is recorded of each step. A case is open if the last event that opens or closes it
-- opens it; events are ordered as in the queues, and at one moment a case opens before it closes.
-- Grain: milestones, case_key, step. Parameters: none.
with

heard as (

    select
        definition.milestones,
        definition.role,
        definition.step,
        event.item_key as case_key,
        event.event,
        event.occurred_on,
        event.occurred_at,
        event.event_order
    from event
    inner join milestone_event as definition
        on
            event.item_kind = definition.item_kind
            and event.event = definition.event
    where event.occurred_on <= definition.data_as_at

),

turning as (

    select
        *,
        if(every(occurred_at is not null) over (partition by milestones, case_key, occurred_on), occurred_at, null) as comparable_at
    from heard
    where role in ('opens', 'closes')

),

cases as (

    select
        milestones,
        case_key,
        min(if(role = 'opens', occurred_on, null)) as aware_on,
        max_by(role, struct(occurred_on, comparable_at, event_order, role = 'closes', event)) as last_role
    from turning
    group by milestones, case_key

),

recorded as (

    select
        milestones,
        step,
        case_key,
        min(if(role = 'done', occurred_on, null)) as done_on,
        min(if(role = 'not_applicable', occurred_on, null)) as not_applicable_on
    from heard
    where step is not null
    group by milestones, step, case_key

)

select
    cases.milestones,
    steps.milestones_version,
    cases.case_key,
    steps.step,
    steps.step_order,
    steps.step_title,
    cases.aware_on,
    datediff(steps.data_as_at, cases.aware_on) as age_days,
    case
        when recorded.done_on is not null then 'done'
        when recorded.not_applicable_on is not null then 'not applicable'
        else 'not recorded'
    end as status,
    coalesce(recorded.done_on, recorded.not_applicable_on) as status_on,
    steps.data_as_at
from cases
inner join milestone_step as steps
    on cases.milestones = steps.milestones
left join recorded
    on
        cases.milestones = recorded.milestones
        and cases.case_key = recorded.case_key
        and steps.step = recorded.step
where cases.last_role = 'opens'
