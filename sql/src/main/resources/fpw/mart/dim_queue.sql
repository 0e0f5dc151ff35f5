-- Queue definitions as they were applied.
-- Grain: queue. Parameters: none.
with

roles as (

    select
        queue,
        array_join(transform(array_sort(collect_list(
            if(role = 'enters', struct(role_order, event as words), null)
        )), entry -> entry.words), ', ') as entered_by,
        array_join(transform(array_sort(collect_list(
            if(reentry_reason is not null, struct(role_order, concat(event, ' (', reentry_reason, ')') as words), null)
        )), entry -> entry.words), ', ') as re_entered_by,
        array_join(transform(array_sort(collect_list(
            if(role = 'leaves', struct(role_order, concat(event, ' as ', left_as, if(is_served, '*', '')) as words), null)
        )), entry -> entry.words), ', ') as left_by
    from queue_event
    group by queue

)

select
    definition.queue,
    definition.queue_version,
    definition.version_since_on,
    definition.previous_version,
    definition.title,
    definition.description,
    definition.item_kind,
    definition.item_unit,
    definition.parent_queue,
    definition.variant_of,
    case
        when definition.parent_queue is not null then 'stage'
        when definition.variant_of is not null then 'variant'
        else 'whole'
    end as queue_role,
    coalesce(nullif(roles.entered_by, ''), '-') as entered_by,
    coalesce(nullif(roles.re_entered_by, ''), '-') as re_entered_by,
    coalesce(nullif(roles.left_by, ''), '-') as left_by,
    definition.observed_from,
    definition.data_as_at
from queue_definition as definition
left join roles
    on definition.queue = roles.queue
