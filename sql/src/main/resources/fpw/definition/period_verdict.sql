-- mart.period_verdict: what left in each of two periods without being served.
-- Grain: queue, period_kind, compared_with. Reads: period_comparison.
select
    queue,
    period_kind,
    compared_with,
    max(item_count) filter (measure = 'left') - max(item_count) filter (measure = 'served') as unserved_count,
    max(earlier_item_count) filter (measure = 'left')
    - max(earlier_item_count) filter (measure = 'served') as earlier_unserved_count,
    max(contributor_count) as contributor_count
from period_comparison
group by all
