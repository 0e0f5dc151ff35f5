-- Every slice value with the first day of its queue's figures: the day from which the source is complete, otherwise the first entry on a date that is
-- believed. None while
-- nothing has been observed. has_standard says whether a standard can apply to an item of the slice value, has_stages whether
-- other queues are stages of this one.
-- Grain: queue, slice, slice_value. Parameters: :as_of_date.
with

first_entry as (

    select
        queue,
        coalesce(min(if(is_wait_known, entered_on, null)), min(observed_to_on)) as first_entered_on
    from stay
    where slice = 'all'
    group by queue

),

slice_values as (

    select distinct
        queue,
        slice,
        slice_value
    from stay
    union
    select
        queue,
        'all' as slice,
        'all' as slice_value
    from queue_definition

)

select
    slice_values.queue,
    slice_values.slice,
    slice_values.slice_value,
    coalesce(definition.observed_from, first_entry.first_entered_on) as first_day,
    definition.provisional_days,
    definition.data_as_at,
    definition.has_stages,
    exists(
        definition.standards,
        standard -> not exists(
            standard.conditions,
            condition -> condition.slice = slice_values.slice and not array_contains(condition.slice_values, slice_values.slice_value)
        )
    ) as has_standard
from slice_values
inner join queue_definition as definition
    on slice_values.queue = definition.queue
left join first_entry
    on slice_values.queue = first_entry.queue
where coalesce(definition.observed_from, first_entry.first_entered_on) <= :as_of_date
