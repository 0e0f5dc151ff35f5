-- Spells are counted in a queue of their own for each queue, cause and sign; these are the definitions of those queues. Flows count from the first
-- day of the figures, whichever spell determined it, or from the first period in which something differs. A stage that only accompanies its queue
-- has nothing to count. Grain: queue. Reads: role, compared_figures, recounted_queue, changed_from, and what the force defines.
-- Parameter: is_replaced, boolean. Whether to use the definitions of the replaced release.
select
    definition.queue || chr(31) || role.cause || chr(31) || role.sign as queue,
    definition.parent_queue || chr(31) || role.cause || chr(31) || role.sign as parent_queue,
    case
        when compared.first_day is null or recounted.queue is not null then compared.first_day
        else greatest(compared.first_day, coalesce(changed_from.first_day, compared.known_to))
    end as observed_from,
    cast(null as date) as retained_from,
    definition.earliest_entry,
    definition.provisional_days,
    compared.known_to as data_as_at,
    definition.slices
from queue_definition as definition
inner join (
    select
        queue,
        known_to,
        if(:is_replaced, replaced_first_day, new_first_day) as first_day
    from compared_figures
) as compared
    on definition.queue = compared.queue
inner join role
    on definition.queue = role.queue
left join recounted_queue as recounted
    on definition.queue = recounted.queue
left join changed_from
    on definition.queue = changed_from.queue
