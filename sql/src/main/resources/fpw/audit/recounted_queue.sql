-- Queues of which all spells must be counted by both definitions, with the cause of the difference. If the figures of a queue begin on another day,
-- its flows count from another day: the cause is that of the earliest changed spell, and of several on the same day the first cause. Grain: queue.
-- Reads: compared_figures, different_basis, changed_spell.
-- Parameter: is_recounted, boolean. Whether all queues are, because another version of the software counts differently, or rows were erased.
-- Parameter: causes, texts. All causes, in order.
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
    :is_recounted
    or compared.queue in (select different_basis.queue from different_basis)
    or (compared.replaced_first_day is distinct from compared.new_first_day)
