-- mart.wait_window: the first entries at risk in a calendar period, what became of them in it, the longest wait, and
-- the distinct contributors behind them. Quarters of totals only.
-- Grain: queue, slice, slice_value, window_kind, period. Reads: window_spell.
select
    queue,
    slice,
    slice_value,
    window_kind,
    period,
    count(*) as spell_count,
    count(left_as) as left_count,
    count(*) - count(left_as) as still_waiting_count,
    max(last_day) as longest_observed_days,
    count(distinct contributor_key) as contributor_count
from window_spell
group by all
