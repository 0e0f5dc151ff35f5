-- The months of every slice value's figures: without gaps, the last one up to the business date, the first one perhaps cut by the start of observation.
-- Grain: queue, slice, slice_value, month_start_on. Parameters: :as_of_date.
with

months as (

    select
        *,
        explode(sequence(cast(trunc(first_day, 'MM') as date), :as_of_date, interval 1 month)) as month_start_on
    from series

)

select
    queue,
    slice,
    slice_value,
    first_day,
    month_start_on,
    last_day(month_start_on) as month_end_on,
    least(last_day(month_start_on), :as_of_date) as measured_to_on,
    last_day(month_start_on) > :as_of_date or coalesce(observed_from > month_start_on, false) as is_partial,
    least(last_day(month_start_on), :as_of_date) > date_sub(:as_of_date, provisional_days) as is_provisional
from months
