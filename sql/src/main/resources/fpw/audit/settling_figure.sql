-- The total counts of complete months that the candidate states. Null where a queue has no such count: one without a standard or without stages has no
-- row of it. Grain: queue, measure, month_start_on. Reads: queue_monthly.
-- Parameter: measures, texts. The counts of a month that follow from spells one by one.
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
