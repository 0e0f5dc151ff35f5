-- How many statistics have changed, and how many of their parts have no cause. One row. Reads: statistic_part.
select
    count(distinct statistic) as changed_count,
    count(*) filter (cause = 'unexplained') as unexplained_count
from statistic_part
