-- The queues as which spells are counted, by queue, cause and sign. Flows count from the first day of the figures on, whichever spell made it the
-- first, or from the period on in which something differs. A stage that is only beside its queue has nothing to count. Grain: queue. Reads: role,
-- compared_figures, recounted_queue, changed_from, and what the force defines.
-- Parameter: is_replaced, boolean. Whether the definitions are those of the replaced release.
select
    definition.queue || chr(31) || role.cause || chr(31) || role.sign as queue,
    definition.parent_queue || chr(31) || role.cause || chr(31) || role.sign as parent_queue,
    case
        when compared.first_day is null or recounted.queue is not null then compared.first_day
        else greatest(compared.first_day, coalesce(changed_from.first_day, compared.known_to))
    end as observed_from,
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
