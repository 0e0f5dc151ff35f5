-- Analysts see which release replaced which.
grant select on ops.release_step to fpw_analyst;
