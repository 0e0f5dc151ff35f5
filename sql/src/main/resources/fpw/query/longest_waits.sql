-- Which slice values hold the oldest items at the end of the last day that is known, and how many wait longer than half a year and a year?
-- Says: the oldest item and the items in the bands above 180 and 365 days, where the queue has these bands.
-- Cannot say: anything about items that have left. "Over 180 days" is strict: 181 days and more. Null: the queue has other bands, or a feed behind it lacks.
-- Grain: queue, slice, slice_value. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

age as (

    select
        queue,
        slice,
        slice_value,
        case when bool_or(age_band_from_days = 181) then sum(waiting_count) filter (where age_band_from_days >= 181) end as over_180_days_count,
        case when bool_or(age_band_from_days = 366) then sum(waiting_count) filter (where age_band_from_days >= 366) end as over_365_days_count
    from mart.open_age
    where as_of_on = data_as_at
    group by queue, slice, slice_value

)

select
    day.queue,
    day.slice,
    day.slice_value,
    day.oldest_age_days,
    age.over_365_days_count,
    age.over_180_days_count,
    day.waiting_count
from mart.queue_daily as day
left join age
    on
        day.queue = age.queue
        and day.slice = age.slice
        and day.slice_value = age.slice_value
where
    day.day = day.data_as_at
    and day.waiting_count > 0
    and (:queue is null or day.queue = :queue)
order by day.queue asc, day.slice asc, day.oldest_age_days desc, age.over_365_days_count desc, day.slice_value asc
