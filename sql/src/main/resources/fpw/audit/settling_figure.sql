-- The total counts of complete months in the candidate. A queue without a standard or without stages has no such count, and no row for it. Grain:
-- queue, measure, month_start_on. Reads: queue_monthly.
-- Parameter: measures, texts. Counts of a month that are sums over spells.
select
    force,
    queue,
    queue_version,
    item_unit,
    month_start_on,
    month_end_on,
    data_as_at,
    is_provisional,
    measure,
    cast(figure as bigint) as figure
from main.queue_monthly unpivot (figure for measure in (columns(lambda measured: measured in :measures)))
where is_total and is_available and not is_partial
