-- Which medians, other quantiles and shares does a release state otherwise than the release that it replaced, and why?
-- Says: per statistic both values and what each cause contributes, in the order in which the causes are applied; the
--   parts add up to the difference. A statistic that changed in several nights has several steps, the latest first.
-- Cannot say: what only the passing of time has moved. Nothing about curves, restricted means and intervals of shares.
-- Grain: queue, slice_value, mart, measure, standard, cohort, new_release_id, cause. Parameters: queue, measure, cohort, slice, since.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: measure, text. Only this column, such as median_days; every one unless given.
-- Parameter: cohort, text. Only this cohort ('first entries 2015/16') or month ('2015-10'); all unless given.
-- Parameter: slice, text. The values of this slice; totals unless given.
-- Parameter: since, date. Only steps to releases of this business date or later; every step unless given.
select
    queue,
    slice_value,
    mart,
    measure,
    standard,
    cohort,
    replaced_release_id,
    new_release_id,
    replaced_value,
    new_value,
    cause,
    part,
    part_reason
from mart.statistic_change
where
    slice = coalesce(:slice, 'all')
    and (:queue is null or queue = :queue)
    and (:measure is null or measure = :measure)
    and (:cohort is null or cohort = :cohort)
    and (:since is null or new_as_at >= :since)
order by
    queue asc,
    slice_value asc,
    mart asc,
    standard asc,
    cohort asc,
    measure asc,
    new_as_at desc,
    new_release_id desc,
    cause_order asc
