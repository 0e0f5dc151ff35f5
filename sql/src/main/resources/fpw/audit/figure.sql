-- The counts of months, weeks and one day that a release states; by exit reason only exits. Null if unavailable, or if a queue has no such count
-- because it has no standard or no stages. Grain: queue, slice, slice_value, exit_reason, period_kind, period_start_on, measure. Reads:
-- queue_monthly, queue_weekly, queue_daily, queue_exit.
-- Parameter: measures, texts. Counts of a month or week that are sums over spells.
-- Parameter: day_measures, texts. Of these, the counts that a day has.
-- Parameter: as_at, date. The day for which daily figures are listed.
select
    queue,
    slice,
    slice_value,
    'all' as exit_reason,
    'month' as period_kind,
    month_start_on as period_start_on,
    month_end_on as period_end_on,
    is_available,
    measure,
    cast(if(is_available, figure, null) as bigint) as figure
from queue_monthly unpivot include nulls (figure for measure in (columns(lambda measured: measured in :measures)))
union all
select
    queue,
    slice,
    slice_value,
    'all',
    'week',
    week_start_on,
    week_end_on,
    is_available,
    measure,
    cast(if(is_available, figure, null) as bigint)
from queue_weekly unpivot include nulls (figure for measure in (columns(lambda measured: measured in :measures)))
union all
select
    queue,
    slice,
    slice_value,
    'all',
    'day',
    day as period_start_on,
    day as period_end_on,
    is_available,
    measure,
    cast(if(is_available, figure, null) as bigint)
from queue_daily unpivot include nulls (figure for measure in (columns(lambda measured: measured in :day_measures)))
where day = :as_at
union all
select
    queue,
    slice,
    slice_value,
    exit_reason,
    'month',
    month_start_on,
    last_day(month_start_on),
    is_available,
    'left_count',
    if(is_available, left_count, null)
from queue_exit
