-- Queues whose spells two releases count differently. Grain: queue. Reads: counting_basis of both.
select definition.queue
from main.counting_basis as definition
inner join replaced.counting_basis as replaced
    on definition.queue = replaced.queue
where definition.counted_by is distinct from replaced.counted_by
