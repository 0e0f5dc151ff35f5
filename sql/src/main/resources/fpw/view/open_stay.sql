-- What waited at the end of each month and of the business date, by day of first receipt and of latest entry.
-- Grain: queue, slice, slice_value, measured_to_on, first_entered_on, entered_on. Parameters: none.
select
    stay.queue,
    stay.slice,
    stay.slice_value,
    measured_month.month_start_on,
    measured_month.measured_to_on,
    stay.first_entered_on,
    stay.entered_on,
    datediff(measured_month.measured_to_on, stay.first_entered_on) as age_days,
    datediff(measured_month.measured_to_on, stay.entered_on) as wait_days,
    sum(stay.stay_count) as waiting_count,
    sum(stay.sole_count) as sole_count
from stay
inner join measured_month
    on
        stay.queue = measured_month.queue
        and stay.slice = measured_month.slice
        and stay.slice_value = measured_month.slice_value
        and stay.entered_on <= measured_month.measured_to_on
        and (stay.left_on is null or stay.left_on > measured_month.measured_to_on)
group by
    stay.queue,
    stay.slice,
    stay.slice_value,
    measured_month.month_start_on,
    measured_month.measured_to_on,
    stay.first_entered_on,
    stay.entered_on
