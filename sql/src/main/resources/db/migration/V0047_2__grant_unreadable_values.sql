-- Analysts see how many values could not be read.
grant select on ops.unreadable_value to fpw_analyst;
