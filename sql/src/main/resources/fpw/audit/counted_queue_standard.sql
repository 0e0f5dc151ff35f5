-- The standards of the queues in which spells are counted. Grain: queue, standard. Reads: role, and what the force defines.
select standard.* replace (standard.queue || chr(31) || role.cause || chr(31) || role.sign as queue)
from queue_standard as standard
inner join role
    on standard.queue = role.queue
