-- mart.case_silence: open cases, and when something was last recorded in them that counts as activity, from the day on which the force became aware. An event of an item that belongs to a case, such as a device, is one
-- of the case: the key of its contributor is that of the case, each without the source before it; an item that is its own contributor belongs to none.
-- An event that is recorded on one day of so many open cases, and of such a part of them, as the force names, is a bulk update and no activity. Where nothing is recorded, the silence is as old as the case.
-- Grain: milestones, case_key. Reads: case_milestone_open, event, case_definition, case_activity, business_date.
with

open_case as (

    select distinct
        milestones,
        case_key,
        substr(case_key, instr(case_key, ':') + 1) as case_name,
        aware_on,
        age_days,
        data_as_at
    from case_milestone_open
    where milestones in (select activity.milestones from case_activity as activity)

),

recorded as (

    select
        open_case.milestones,
        open_case.case_key,
        event.item_kind,
        event.event,
        event.occurred_on
    from open_case
    inner join case_activity as activity
        on open_case.milestones = activity.milestones and not activity.is_linked
    inner join event
        on activity.item_kind = event.item_kind and activity.event = event.event and open_case.case_key = event.item_key
    where event.occurred_on between open_case.aware_on and open_case.data_as_at

    union all

    select
        open_case.milestones,
        open_case.case_key,
        event.item_kind,
        event.event,
        event.occurred_on
    from open_case
    inner join case_activity as activity
        on open_case.milestones = activity.milestones and activity.is_linked
    inner join event
        on
            activity.item_kind = event.item_kind
            and activity.event = event.event
            and open_case.case_name = substr(event.contributor_key, instr(event.contributor_key, ':') + 1)
            and event.contributor_key <> event.item_key
    where event.occurred_on between open_case.aware_on and open_case.data_as_at

),

open_case_count as (

    select
        milestones,
        count(*) as open_case_count
    from open_case
    group by milestones

),

bulk_update as (

    select
        recorded.milestones,
        recorded.item_kind,
        recorded.event,
        recorded.occurred_on
    from recorded
    inner join open_case_count
        on recorded.milestones = open_case_count.milestones
    inner join case_definition as definition
        on recorded.milestones = definition.milestones
    group by
        recorded.milestones,
        recorded.item_kind,
        recorded.event,
        recorded.occurred_on,
        open_case_count.open_case_count,
        definition.bulk_update_min_cases,
        definition.bulk_update_min_percent
    having
        count(distinct recorded.case_key) >= definition.bulk_update_min_cases
        and count(distinct recorded.case_key) * 100 >= definition.bulk_update_min_percent * open_case_count.open_case_count

),

judged as (

    select
        recorded.*,
        bulk_update.event is not null as is_ignored
    from recorded
    left join bulk_update
        on
            recorded.milestones = bulk_update.milestones
            and recorded.item_kind = bulk_update.item_kind
            and recorded.event = bulk_update.event
            and recorded.occurred_on = bulk_update.occurred_on

),

-- of several events of the last day, the first by its name
last_activity as (

    select
        milestones,
        case_key,
        item_kind,
        event,
        occurred_on
    from judged
    where not is_ignored
    qualify row_number() over (partition by milestones, case_key order by occurred_on desc, event asc, item_kind asc) = 1

),

ignored as (

    select
        milestones,
        case_key,
        count(*) as ignored_event_count
    from judged
    where is_ignored
    group by milestones, case_key

)

select
    open_case.milestones,
    open_case.case_key,
    open_case.aware_on,
    open_case.age_days,
    open_case.data_as_at,
    if(definition.silence_as_at < today.day, null, last_activity.occurred_on) as last_recorded_on,
    if(definition.silence_as_at < today.day, null, last_activity.item_kind) as last_item_kind,
    if(definition.silence_as_at < today.day, null, last_activity.event) as last_event,
    if(
        definition.silence_as_at < today.day,
        null,
        open_case.data_as_at - coalesce(last_activity.occurred_on, open_case.aware_on)
    ) as silent_days,
    if(definition.silence_as_at < today.day, null, last_activity.event is null) as is_never_recorded,
    if(definition.silence_as_at < today.day, null, coalesce(ignored.ignored_event_count, 0)) as ignored_event_count
from open_case
inner join case_definition as definition
    on open_case.milestones = definition.milestones
cross join business_date as today
left join last_activity
    on open_case.milestones = last_activity.milestones and open_case.case_key = last_activity.case_key
left join ignored
    on open_case.milestones = ignored.milestones and open_case.case_key = ignored.case_key
