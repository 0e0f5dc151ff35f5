-- How old is what waits at the end of the business date, and at the end of the last whole month before it?
-- Says: items per age band, counted from first receipt, and their share of the slice. Bands are half-open: 31-90 is older than 30
--   and not older than 90 days.
-- Cannot say: how long items wait before they leave. The age of what waits now is another population (wait_quantiles).
-- Grain: queue, slice, slice_value, as_of_on, age_band_from_days. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
with

latest as (

    select
        *,
        dense_rank() over (
            partition by queue
            order by as_of_on desc
        ) as recency
    from mart.open_age

)

select
    queue,
    slice,
    slice_value,
    as_of_on,
    age_band,
    waiting_count,
    waiting_count / nullif(sum(waiting_count) over (partition by queue, slice, slice_value, as_of_on), 0) as waiting_share,
    waiting_since_entry_count,
    is_provisional,
    is_available
from latest
where
    recency <= 2
    and (:queue is null or queue = :queue)
order by queue asc, is_total desc, slice asc, slice_value asc, as_of_on asc, age_band_from_days asc
