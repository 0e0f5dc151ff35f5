-- Each recorded change of each queue, and whether the outcome that was declared for it differs.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.queue_role,
    made.change,
    made.changed_on,
    made.change_kind,
    made.what,
    made.why,
    made.decided_by,
    made.is_rebase,
    made.outcome,
    made.direction,
    made.declared_on,
    found.before_value,
    found.after_value,
    found.difference,
    found.verdict,
    found.verdict_reason as unavailable_reason,
    made.data_as_at,
    made.release_id
from mart.change as made
inner join bi_detail.queue as queue
    on
        made.queue = queue.queue
        and made.release_id = queue.release_id
left join mart.change_comparison as found
    on
        made.change = found.change
        and made.queue = found.queue
        and made.release_id = found.release_id
