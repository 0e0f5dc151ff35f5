-- How many items were served within each standard, by month of entry, in each queue as a whole?
-- Says: of the items whose deadline has passed, the share that met it, with its bounds where only dates are known.
-- Cannot say: how the items that are not yet due will fare, or how long the others waited in the end (wait_quantiles).
-- A month with not_yet_due_count is not complete: its share is that of the items that came first.
-- Grain: queue, standard, month_start_on. Parameters: none.
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
    outcome.is_partial,
    outcome.is_provisional
from mart.wait_standard as outcome
inner join mart.dim_standard as definition
    on
        outcome.queue = definition.queue
        and outcome.standard = definition.standard
where outcome.is_total
order by outcome.queue asc, definition.standard_order asc, outcome.month_start_on asc
