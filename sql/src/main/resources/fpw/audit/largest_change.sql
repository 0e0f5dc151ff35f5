-- The largest change of a count of a month, with the contributions of its causes; weeks and days are parts of months. One row, or none. Reads:
-- found_change.
select
    queue,
    slice,
    slice_value,
    measure,
    exit_reason,
    cast(period_start_on as varchar) as period,
    any_value(replaced_value) as replaced_value,
    any_value(new_value) as new_value,
    list(cause order by cause_order) as causes,
    list(part order by cause_order) as parts
from found_change
where part is not null and period_kind = 'month'
group by queue, slice, slice_value, measure, exit_reason, period_start_on
order by
    abs(any_value(new_value) - any_value(replaced_value)) desc,
    slice <> 'all',
    queue,
    period_start_on desc,
    measure asc,
    slice asc,
    slice_value asc,
    exit_reason asc
limit 1
