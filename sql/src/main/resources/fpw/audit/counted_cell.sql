-- What the definitions count of the spells of one family, where it is not 0. Grain: queue, cause, sign, slice, slice_value, exit_reason, period_kind,
-- period_start_on, measure. Reads: queue_monthly, queue_weekly, queue_daily, queue_exit, as they are counted.
-- Parameter: measures, texts. The counts of a month or week that follow from spells one by one.
-- Parameter: day_measures, texts. Those of them that a day has.
-- Parameter: as_at, date. The day of which figures of single days are listed.
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
