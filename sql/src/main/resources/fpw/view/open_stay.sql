-- What waited at the end of each month and ISO week and of the business date, by day of first receipt, of latest entry and from which it is past its
-- standard. Age and wait are null where the date they count from is not believed.
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
    if(stay.is_age_known, datediff(measured_period.measured_to_on, stay.first_entered_on), null) as age_days,
    if(stay.is_wait_known, datediff(measured_period.measured_to_on, stay.entered_on), null) as wait_days,
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
    stay.is_age_known,
    stay.is_wait_known,
    stay.due_on
