-- Counts of the spells of one family by the definitions, if not 0. Grain: queue, cause, sign, slice, slice_value, exit_reason, period_kind,
-- period_start_on, measure. Reads: queue_monthly, queue_weekly, queue_daily, queue_exit, as recounted.
-- Parameter: measures, texts. Counts of a month or week that are sums over spells.
-- Parameter: day_measures, texts. Of these, the counts that a day has.
-- Parameter: as_at, date. The day for which daily figures are listed.
with

cell as (

    select
        queue,
        slice,
        slice_value,
        'all' as exit_reason,
        'month' as period_kind,
        month_start_on as period_start_on,
        measure,
        figure
    from queue_monthly unpivot (figure for measure in (columns(lambda measured: measured in :measures)))
    union all
    select
        queue,
        slice,
        slice_value,
        'all',
        'week',
        week_start_on,
        measure,
        figure
    from queue_weekly unpivot (figure for measure in (columns(lambda measured: measured in :measures)))
    union all
    select
        queue,
        slice,
        slice_value,
        'all',
        'day',
        day,
        measure,
        figure
    from queue_daily unpivot (figure for measure in (columns(lambda measured: measured in :day_measures)))
    where day = :as_at
    union all
    select
        queue,
        slice,
        slice_value,
        exit_reason,
        'month',
        month_start_on,
        'left_count',
        left_count
    from queue_exit

)

select
    split_part(queue, chr(31), 1) as queue,
    split_part(queue, chr(31), 2) as cause,
    cast(split_part(queue, chr(31), 3) as integer) as sign,
    slice,
    slice_value,
    exit_reason,
    period_kind,
    period_start_on,
    measure,
    cast(figure as bigint) as figure
from cell
where figure <> 0
