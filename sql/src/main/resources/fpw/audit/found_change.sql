-- The new rows of mart.figure_change, with its column names. Grain: that of mart.figure_change. Reads: figure_cause, queue_monthly of both
-- releases, business_date.
-- Parameter: replaced_release_id, text. The replaced release.
-- Parameter: replaced_as_at, date. Its business date.
-- Parameter: release_id, text. The new release.
-- Parameter: causes, texts. All causes, in order.
select
    described.*,
    found.queue,
    found.slice,
    found.slice_value,
    found.slice = 'all' as is_total,
    found.measure,
    found.exit_reason,
    found.period_kind,
    found.period_start_on,
    found.period_end_on,
    :replaced_release_id as replaced_release_id,
    :replaced_as_at as replaced_as_at,
    :release_id as new_release_id,
    (select business_date.day from main.business_date) as new_as_at,
    found.replaced_value,
    found.new_value,
    found.cause,
    list_position(:causes, found.cause) as cause_order,
    found.part,
    :release_id as release_id
from figure_cause as found
inner join (
    select
        queue as described_queue,
        any_value(force) as force,
        any_value(queue_version) as queue_version,
        any_value(item_unit) as item_unit
    from (
        select * from main.queue_monthly
        union all by name
        select * from replaced.queue_monthly
        where queue not in (select month.queue from main.queue_monthly as month)
    )
    group by queue
) as described
    on found.queue = described.described_queue
