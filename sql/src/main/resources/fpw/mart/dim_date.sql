-- Calendar days with the periods they belong to.
-- Grain: day. Parameters: :as_of_date.
with

bounds as (

    select
        least(min(day), :as_of_date) as first_day,
        make_date(year(:as_of_date) + if(month(:as_of_date) >= 4, 1, 0), 3, 31) as last_day
    from (
        select min(occurred_on) as day from event
        where occurred_on >= (select coalesce(min(earliest_entry), date '1900-01-01') from queue_definition)
        union all
        select min(judged_on) as day from grading
    ) as first_days

),

days as (

    select explode(sequence(coalesce(first_day, :as_of_date), last_day)) as day
    from bounds

),

known_year as (

    select distinct year(day) as calendar_year
    from bank_holiday

)

select
    days.day,
    year(days.day) as calendar_year,
    cast(trunc(days.day, 'QUARTER') as date) as quarter_start_on,
    cast(trunc(days.day, 'MM') as date) as month_start_on,
    cast(trunc(days.day, 'WEEK') as date) as week_start_on,
    extract(yearofweek from days.day) as iso_year,
    extract(week from days.day) as iso_week,
    concat(
        cast(year(add_months(days.day, -3)) as string),
        '/',
        substr(cast(year(add_months(days.day, -3)) + 1 as string), -2)
    ) as financial_year,
    weekday(days.day) + 1 as day_of_week,
    weekday(days.day) >= 5 as is_weekend,
    if(known_year.calendar_year is null, null, bank_holiday.day is not null) as is_bank_holiday
from days
left join bank_holiday
    on days.day = bank_holiday.day
left join known_year
    on year(days.day) = known_year.calendar_year
