-- The statistics of a step. Grain: queue, mart, slice, slice_value, standard, cohort, measure. Reads: wait_statistic, wait_standard and reentry_share
-- of the step.
-- Parameter: cause_order, number. The step.
select
    queue,
    :cause_order as cause_order,
    'wait_summary' as mart,
    slice,
    slice_value,
    'all' as standard,
    cohort,
    measure,
    figure
from wait_statistic
union all
select
    queue,
    :cause_order,
    'wait_standard',
    slice,
    slice_value,
    standard,
    left(cast(month_start_on as varchar), 7),
    unnest(['share_low', 'share_high']),
    unnest([met_count, met_count + unknown_count]) / nullif(due_count, 0)
from wait_standard
union all
select
    queue,
    :cause_order,
    'reentry_share',
    slice,
    slice_value,
    'all',
    left(cast(month_start_on as varchar), 7),
    'reentered_share',
    reentered_count / nullif(known_count, 0)
from reentry_share
