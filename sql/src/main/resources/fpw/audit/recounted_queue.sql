-- Queues of which all spells have to be counted by both definitions, with the cause of that difference. A queue whose figures begin on another day
-- counts flows from another day on; the spell that moved the day is the earliest one that has changed, and of several on one day that with the first
-- cause. Grain: queue. Reads: compared_figures, different_basis, changed_spell.
-- Parameter: is_other_count, boolean. Whether all queues are, since another version of the software counts otherwise.
-- Parameter: causes, texts. The causes in their order.
select
    compared.queue,
    case
        when compared.queue in (select different_basis.queue from different_basis) then 'definition'
        when (compared.replaced_first_day is not distinct from compared.new_first_day) then 'definition'
        else coalesce(earliest.cause, 'unexplained')
    end as cause
from compared_figures as compared
left join (
    select
        queue,
        first(cause order by first_on, list_position(:causes, cause)) as cause
    from changed_spell
    group by queue
) as earliest
    on compared.queue = earliest.queue
where
    :is_other_count
    or compared.queue in (select different_basis.queue from different_basis)
    or (compared.replaced_first_day is distinct from compared.new_first_day)
