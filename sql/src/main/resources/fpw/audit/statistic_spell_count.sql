-- How many spells a release has in the queues whose statistics are recomputed. One row. Reads: spell, statistic_queue.
select count(*) as spell_count
from main.spell
semi join statistic_queue using (queue)
