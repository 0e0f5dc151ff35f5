-- mart.case_milestone_open: cases that the last event which opens or closes them opens, and what is recorded of each step. Events are taken by day; within a day by point in time, if every such event of the day has one; then by
-- their order in the source; at one instant a case opens before it closes. A step that was done stays done, whatever says that it is not applicable.
-- Grain: milestones, case_key, step. Reads: event, milestone_event, milestone_step.
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
        on event.item_kind = definition.item_kind and event.event = definition.event
    where event.occurred_on <= definition.data_as_at

),

turning as (

    select
        *,
        if(bool_and(occurred_at is not null) over (partition by milestones, case_key, occurred_on), occurred_at, null) as comparable_at
    from heard
    where role in ('opens', 'closes')

),

placed as (

    select
        *,
        row_number() over (
            partition by milestones, case_key
            order by occurred_on desc, comparable_at desc nulls last, event_order desc, role = 'closes' desc, event desc
        ) as place_from_end,
        min(occurred_on) filter (role = 'opens') over (partition by milestones, case_key) as aware_on
    from turning

)

select
    placed.milestones,
    placed.case_key,
    steps.step,
    placed.aware_on,
    steps.data_as_at - placed.aware_on as age_days,
    case
        when bool_or(recorded.role = 'done') then 'done'
        when bool_or(recorded.role = 'not_applicable') then 'not applicable'
        else 'not recorded'
    end as status,
    coalesce(
        min(recorded.occurred_on) filter (recorded.role = 'done'),
        min(recorded.occurred_on) filter (recorded.role = 'not_applicable')
    ) as status_on,
    steps.data_as_at
from placed
inner join milestone_step as steps
    on placed.milestones = steps.milestones
left join heard as recorded
    on placed.milestones = recorded.milestones and placed.case_key = recorded.case_key and steps.step = recorded.step
where placed.place_from_end = 1 and placed.role = 'opens'
group by all
