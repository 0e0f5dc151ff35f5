-- Queues that both the candidate and the replaced release have, and how far each is known in both. First days are those of the figures, because
-- flows before them are not counted. Grain: queue. Reads: queue_daily and what the force defines, of both.
select
    definition.queue,
    least(replaced.data_as_at, definition.data_as_at) as known_to,
    replaced.data_as_at as replaced_known_to,
    definition.data_as_at as new_known_to,
    replaced_day.first_day as replaced_first_day,
    new_day.first_day as new_first_day
from replaced.queue_definition as replaced
inner join main.queue_definition as definition
    on replaced.queue = definition.queue
left join (select
    queue,
    min(day) as first_day
from replaced.queue_daily
group by queue) as replaced_day
    on definition.queue = replaced_day.queue
left join (select
    queue,
    min(day) as first_day
from main.queue_daily
group by queue) as new_day
    on definition.queue = new_day.queue
where replaced.data_as_at is not null and definition.data_as_at is not null
