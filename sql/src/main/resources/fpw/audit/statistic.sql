-- The published statistics that do not add up over spells. Grain: mart, queue, slice, slice_value, standard, cohort, measure. Reads: wait_summary,
-- wait_standard, reentry_share.
-- Parameter: wait_measures, texts. Those of mart.wait_summary.
select
    'wait_summary' as mart,
    queue,
    slice,
    slice_value,
    'all' as standard,
    cohort,
    cast(null as date) as month_start_on,
    is_available,
    measure,
    figure
from wait_summary unpivot include nulls (figure for measure in (columns(lambda measured: measured in :wait_measures)))
union all
select
    'wait_standard' as mart,
    queue,
    slice,
    slice_value,
    standard,
    left(cast(month_start_on as varchar), 7) as cohort,
    month_start_on,
    is_available,
    measure,
    figure
from wait_standard unpivot include nulls (figure for measure in (share_low, share_high))
union all
select
    'reentry_share' as mart,
    queue,
    slice,
    slice_value,
    'all' as standard,
    left(cast(month_start_on as varchar), 7) as cohort,
    month_start_on,
    is_available,
    'reentered_share' as measure,
    reentered_share as figure
from reentry_share
