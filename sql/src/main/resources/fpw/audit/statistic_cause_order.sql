-- The steps that any queue has, in order. Grain: cause_order. Reads: statistic_cause.
select distinct cause_order
from statistic_cause
order by cause_order
