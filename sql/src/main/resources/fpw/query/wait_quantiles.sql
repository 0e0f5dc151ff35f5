-- How long do items wait until they leave, whatever the reason: quartiles, nine in ten, with 95 % intervals?
-- Says: waits of first entries, with the items that still wait counted as censored, not dropped. Null: not reached (too few have
--   left), never 0.
-- Cannot say: how long until the work is done, where items leave for other reasons too (mart.wait_curve, by reason). Quantiles of
--   slices do not average to the total.
-- curve_status other than 'ok' says how far the curve can be read.
-- Grain: queue, slice, slice_value. Parameters: none.
select
    queue,
    slice,
    slice_value,
    spell_count,
    still_waiting_count,
    p25_days,
    median_days,
    median_low_days,
    median_high_days,
    p75_days,
    p90_days,
    longest_observed_days,
    curve_status,
    data_as_at
from mart.wait_summary
where cohort = 'first entries'
order by queue asc, is_total desc, slice asc, median_days desc nulls first, slice_value asc
