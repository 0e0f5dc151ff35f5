-- Analysts see by which definition each release was counted.
grant select on ops.queue_definition to fpw_analyst;
grant select on ops.release_queue to fpw_analyst;
