-- Which counts of past months, of weeks, or of the latest day of the release before, does a release state otherwise than the release that it replaced, and why?
-- Says: per figure both values and what each cause contributes; the parts add up to the difference. A figure that changed in several nights has several
--   steps, the latest first.
-- Cannot say: which items are behind a part. Nothing about excluded_count, contributor_count, and what is derived from counts.
-- Grain: queue, slice_value, measure, exit_reason, period_start_on, new_release_id, cause. Parameters: queue, month, slice, since, period_kind.
-- Parameter: queue, text. Only this queue; every queue unless given.
-- Parameter: month, date. Only the month, week or day that begins on this day; every one unless given.
-- Parameter: slice, text. The values of this slice; totals unless given.
-- Parameter: since, date. Only steps to releases of this business date or later; every step unless given.
-- Parameter: period_kind, text. month, week or day; months unless given.
select
    queue,
    slice_value,
    measure,
    exit_reason,
    period_start_on,
    replaced_release_id,
    new_release_id,
    replaced_value,
    new_value,
    cause,
    part
from mart.figure_change
where
    slice = coalesce(:slice, 'all')
    and period_kind = coalesce(:period_kind, 'month')
    and (:queue is null or queue = :queue)
    and (:month is null or period_start_on = :month)
    and (:since is null or new_as_at >= :since)
order by queue asc, slice_value asc, period_start_on asc, measure asc, exit_reason asc, new_as_at desc, new_release_id desc, cause_order asc
