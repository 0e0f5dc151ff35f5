-- mart.wait_summary: the spells of a cohort, what has become of them, the longest wait that was observed, and the distinct contributors behind them.
-- Grain: queue, slice, slice_value, cohort. Reads: cohort_spell.
select
    queue,
    slice,
    slice_value,
    cohort,
    count(*) as spell_count,
    count(left_as) as left_count,
    count(*) - count(left_as) as still_waiting_count,
    max(last_day) as longest_observed_days,
    count(distinct contributor_key) as contributor_count
from cohort_spell
group by all
