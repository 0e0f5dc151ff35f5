-- What has changed that figures should be read with, and does what was declared differ?
-- Says: each change with its date, what, why and who decided; where an outcome was declared, the mean of the weeks
--   before and after, the verdict (in the declared direction, or against it), or why there is none, and other changes
--   in these weeks.
-- Cannot say: that the change is the reason of a difference; that nothing changed where the verdict is 'not different'
--   (docs/methods.md says how often a change of a fifth is seen).
-- Grain: queue, change. Parameters: queue.
-- Parameter: queue, text. Only this queue; every queue unless given.
select
    change.queue,
    change.changed_on,
    change.change,
    change.change_kind,
    change.what,
    change.why,
    change.decided_by,
    change.is_rebase,
    compared.outcome,
    compared.direction,
    compared.is_declared_before,
    compared.declaration_changed_on,
    compared.window_weeks,
    compared.before_value,
    compared.after_value,
    compared.placebo_share,
    compared.comparison_count,
    compared.p_value_adjusted,
    compared.opposite_p_value,
    compared.verdict,
    compared.verdict_reason,
    compared.other_changes
from mart.change as change
left join mart.change_comparison as compared
    on
        change.change = compared.change
        and change.queue = compared.queue
        and change.release_id = compared.release_id
where :queue is null or change.queue = :queue
order by change.queue, change.changed_on, change.change
