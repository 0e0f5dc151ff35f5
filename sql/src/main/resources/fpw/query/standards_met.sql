-- How many items were served within each standard, by month of entry, in each queue as a whole, in the last 13 months?
-- Says: of the items whose deadline has passed, the share that met it. What left unseen counts as due and not as met. share_low and
--   share_high are the bounds of what dates alone do not tell; they are no confidence interval, and equal where hours are known.
-- Cannot say: how the items that are not yet due will fare, or how long the others waited in the end (wait_quantiles).
-- A month that is not is_finished has items that are not yet due: its share is that of the items that came first. Do not compare it.
-- Grain: queue, standard, month_start_on. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    outcome.queue,
    definition.title as standard,
    definition.applies_to,
    outcome.month_start_on,
    outcome.received_count,
    outcome.due_count,
    outcome.met_count,
    outcome.failed_count,
    outcome.left_unseen_count,
    outcome.unknown_count,
    outcome.not_yet_due_count,
    outcome.share_low,
    outcome.share_high,
    outcome.not_yet_due_count = 0 and not outcome.is_partial as is_finished,
    outcome.is_provisional
from mart.wait_standard as outcome
inner join mart.dim_standard as definition
    on
        outcome.queue = definition.queue
        and outcome.standard = definition.standard
where
    outcome.is_total
    and outcome.month_start_on >= date_trunc('month', outcome.data_as_at) - interval 12 month
    and (:queue is null or outcome.queue = :queue)
order by outcome.queue asc, definition.standard_order asc, outcome.month_start_on asc
