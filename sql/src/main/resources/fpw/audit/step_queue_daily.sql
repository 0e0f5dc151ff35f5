-- The only thing that a step needs of the days: the first day of the queue's figures, by the rule of queue_daily. Grain: queue. Reads:
-- queue_definition and series_spell of the step.
select
    queue.queue,
    coalesce(
        greatest(queue.observed_from, queue.retained_from),
        min(spell.entered_on) filter (spell.is_wait_known),
        min(spell.observed_to_on)
    ) as day
from queue_definition as queue
left join series_spell as spell
    on queue.queue = spell.queue and spell.slice = 'all'
group by queue.queue, queue.observed_from, queue.retained_from
