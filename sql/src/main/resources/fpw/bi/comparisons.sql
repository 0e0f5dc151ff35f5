-- Each measure of each queue beside the same period of earlier years, and the verdict on the measure by which the queue is judged.
select
    queue.item_kind,
    queue.item_unit,
    queue.queue,
    queue.queue_title,
    queue.queue_role,
    compared.period_kind,
    compared.compared_with,
    compared.measure,
    compared.is_primary,
    compared.period_start_on,
    compared.period_end_on,
    compared.earlier_start_on,
    compared.earlier_end_on,
    compared.item_count,
    compared.of_item_count,
    compared."value" as current_value,
    compared.earlier_item_count,
    compared.earlier_of_item_count,
    compared.earlier_value,
    compared.size_kind,
    compared.size,
    compared.size_low,
    compared.size_high,
    compared.points_to,
    verdict.verdict,
    verdict.verdict_reason as verdict_text,
    compared.is_partial,
    compared.is_provisional,
    cast(coalesce(compared.unavailable_reason, compared.reason) as varchar(1000)) as unavailable_reason,
    compared.data_as_at,
    compared.release_id
from mart.period_comparison as compared
inner join bi_detail.queue as queue
    on
        compared.queue = queue.queue
        and compared.release_id = queue.release_id
left join mart.period_verdict as verdict
    on
        compared.queue = verdict.queue
        and compared.period_kind = verdict.period_kind
        and compared.compared_with = verdict.compared_with
        and compared.measure = verdict.measure
        and compared.release_id = verdict.release_id
