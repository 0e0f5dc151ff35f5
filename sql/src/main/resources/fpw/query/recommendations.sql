-- What was the force asked to do, how far is it, and what do the figures show, then and now?
-- Says: each recommendation with its owner, its due date and the status that the force gives it; beside it each figure
--   as at the day of the recommendation and as at the business date, or why there is none.
-- Cannot say: that a recommendation is done because its figure is better; that the work on it is the reason of a
--   difference; that a difference of two figures is more than chance (queries signals and changes).
-- Grain: recommendation, figure. Parameters: status.
-- Parameter: status, text. Only those with this status (open, in_progress, done, rejected); every one unless given.
select
    recommendation,
    words,
    is_quoted,
    made_by,
    made_on,
    recommendation_kind,
    owner,
    due_within,
    due_on,
    is_overdue,
    status,
    status_on,
    evidence,
    figure,
    figure_title,
    unit,
    better_direction,
    value_then,
    then_as_at,
    value_now,
    now_as_at,
    difference,
    is_better,
    value_then_reason,
    value_now_reason,
    difference_reason
from mart.recommendation
where :status is null or status = :status
order by made_on, recommendation, figure
