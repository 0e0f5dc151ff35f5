-- The months and ISO weeks of every slice value's figures: without gaps, the last one up to the business date, the first one from the first day of the
-- figures.
-- Grain: queue, slice, slice_value, period, period_start_on. Parameters: :as_of_date.
with

periods as (

    select
        *,
        'month' as period,
        explode(sequence(cast(trunc(first_day, 'MM') as date), :as_of_date, interval 1 month)) as period_start_on
    from series
    union all
    select
        *,
        'week' as period,
        explode(sequence(cast(trunc(first_day, 'WEEK') as date), :as_of_date, interval 7 day)) as period_start_on
    from series

),

bounded as (

    select
        *,
        if(period = 'month', last_day(period_start_on), date_add(period_start_on, 6)) as period_end_on
    from periods

)

select
    queue,
    slice,
    slice_value,
    first_day,
    has_standard,
    has_stages,
    period,
    period_start_on,
    period_end_on,
    least(period_end_on, :as_of_date) as measured_to_on,
    period_end_on > :as_of_date or first_day > period_start_on as is_partial,
    least(period_end_on, :as_of_date) > date_sub(data_as_at, provisional_days) as is_provisional
from bounded
