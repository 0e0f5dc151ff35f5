-- Analysts see how many dates lie after the business date.
grant select on ops.later_date to fpw_analyst;
