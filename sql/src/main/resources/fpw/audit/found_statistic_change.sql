-- The new rows of mart.statistic_change, with its column names. Grain: that of mart.statistic_change. Reads: statistic_part, queue_monthly,
-- business_date.
-- Parameter: replaced_release_id, text. The replaced release.
-- Parameter: replaced_as_at, date. Its business date.
-- Parameter: release_id, text. The new release.
-- Parameter: causes, texts. All causes, in order.
select
    described.force,
    found.queue,
    described.queue_version,
    described.item_unit,
    found.slice,
    found.slice_value,
    found.slice = 'all' as is_total,
    found.mart,
    found.measure,
    found.standard,
    found.cohort,
    found.month_start_on,
    :replaced_release_id as replaced_release_id,
    :replaced_as_at as replaced_as_at,
    :release_id as new_release_id,
    (select business_date.day from main.business_date) as new_as_at,
    found.replaced_value,
    found.new_value,
    found.cause,
    list_position(:causes, found.cause) as cause_order,
    found.part,
    found.part_reason,
    :release_id as release_id
from statistic_part as found
inner join (
    select
        queue,
        any_value(force) as force,
        any_value(queue_version) as queue_version,
        any_value(item_unit) as item_unit
    from main.queue_monthly
    group by queue
) as described
    on found.queue = described.queue
