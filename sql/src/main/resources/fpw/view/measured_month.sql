-- The months among the measured periods.
-- Grain: queue, slice, slice_value, month_start_on. Parameters: none.
select
    queue,
    slice,
    slice_value,
    first_day,
    period_start_on as month_start_on,
    period_end_on as month_end_on,
    measured_to_on,
    is_partial,
    is_provisional
from measured_period
where period = 'month'
