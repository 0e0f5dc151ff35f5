-- What waited at the end of each month and ISO week and of the business date, by day of first receipt, of latest entry and from which it is past its
-- standard.
-- Grain: queue, slice, slice_value, period, measured_to_on, first_entered_on, entered_on, due_on. Parameters: none.
select
    stay.queue,
    stay.slice,
    stay.slice_value,
    measured_period.period,
    measured_period.period_start_on,
    measured_period.measured_to_on,
    stay.first_entered_on,
    stay.entered_on,
    stay.due_on,
    datediff(measured_period.measured_to_on, stay.first_entered_on) as age_days,
    datediff(measured_period.measured_to_on, stay.entered_on) as wait_days,
    sum(stay.stay_count) as waiting_count,
    sum(stay.sole_count) as sole_count
from stay
inner join measured_period
    on
        stay.queue = measured_period.queue
        and stay.slice = measured_period.slice
        and stay.slice_value = measured_period.slice_value
        and stay.entered_on <= measured_period.measured_to_on
        and (stay.left_on is null or stay.left_on > measured_period.measured_to_on)
group by
    stay.queue,
    stay.slice,
    stay.slice_value,
    measured_period.period,
    measured_period.period_start_on,
    measured_period.measured_to_on,
    stay.first_entered_on,
    stay.entered_on,
    stay.due_on
