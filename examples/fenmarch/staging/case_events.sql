-- What happened in each case: when the force became aware, what was done, when it was closed, and whether without an interview or a safeguarding measure.
-- Actions whose code nobody knows tell of no event.
-- Grain: item_key, event, occurred_at. Reads: case_files, case_actions.
with

done as (

    select
        case_ref,
        case action_code
            when 'INTV' then 'interviewed'
            when 'INTN' then 'interview_not_needed'
            when 'SAFE' then 'safeguarded'
            when 'SAFN' then 'safeguarding_not_needed'
            when 'DEVS' then 'devices_seized'
            when 'DEVN' then 'no_devices'
            when 'DEVA' then 'devices_analysed'
        end as event,
        action_at as occurred_at,
        2 as event_order
    from case_actions
    where action_code in ('INTV', 'INTN', 'SAFE', 'SAFN', 'DEVS', 'DEVN', 'DEVA')

),

recorded as (

    select
        case_ref,
        max(event in ('interviewed', 'interview_not_needed')) as has_interview,
        max(event in ('safeguarded', 'safeguarding_not_needed')) as has_safeguarding
    from done
    group by case_ref

),

happened as (

    select
        case_ref,
        'became_aware' as event,
        opened_at as occurred_at,
        1 as event_order
    from case_files

    union all

    select
        case_ref,
        event,
        occurred_at,
        event_order
    from done

    union all

    select
        case_ref,
        'case_closed' as event,
        closed_at as occurred_at,
        4 as event_order
    from case_files
    where closed_at is not null

    union all

    select
        case_files.case_ref,
        'closed_without_interview' as event,
        case_files.closed_at as occurred_at,
        3 as event_order
    from case_files
    left join recorded
        on case_files.case_ref = recorded.case_ref
    where case_files.closed_at is not null and not coalesce(recorded.has_interview, false)

    union all

    select
        case_files.case_ref,
        'closed_without_safeguarding' as event,
        case_files.closed_at as occurred_at,
        3 as event_order
    from case_files
    left join recorded
        on case_files.case_ref = recorded.case_ref
    where case_files.closed_at is not null and not coalesce(recorded.has_safeguarding, false)

)

select
    happened.case_ref as item_key,
    happened.event,
    happened.occurred_at,
    happened.event_order,
    case_files.case_type
from happened
inner join case_files
    on happened.case_ref = case_files.case_ref
