-- How wrong is the median that leaves out what still waits?
-- Says: the plain median of ended waits, as many reports print it, beside the median that counts what still waits as still waiting.
-- Cannot say: that the completed-only figure is a wait. It leaves out the longest waits because they have not ended; where most
--   still wait it can be 0 while the median is not reached (null).
-- Grain: queue, slice, slice_value. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    queue,
    slice,
    slice_value,
    spell_count,
    still_waiting_count / spell_count as still_waiting_share,
    completed_only_median_days as biased_completed_only_median_days,
    median_days,
    case when median_days is null then 'not reached' end as median_note
from mart.wait_summary
where
    cohort = 'first entries'
    and spell_count > 0
    and (:queue is null or queue = :queue)
order by queue asc, is_total desc, slice asc, still_waiting_share desc, slice_value asc
