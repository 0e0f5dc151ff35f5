-- The last day known to both releases for the queues of a family. One row. Reads: compared_figures, family_queue.
select max(known_to) as day
from compared_figures
semi join family_queue using (queue)
