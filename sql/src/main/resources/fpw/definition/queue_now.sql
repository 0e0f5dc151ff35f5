-- mart.queue_now: what waits at the end of the last known day, by the latest value of an attribute that the source changes: that of the last version dated on or before that day, otherwise the value at entry.
-- Grain: queue, slice, slice_value. Reads: series_spell, queue_definition, queue_standard, changing_attribute, attribute_version.
with

open as (

    select
        spell.*,
        unnest(queue.changing_slices) as attribute,
        spell.queue in (select standard.queue from queue_standard as standard) as has_standard,
        spell.queue in (select stage.parent_queue from queue_definition as stage) as has_stages
    from series_spell as spell
    inner join queue_definition as queue
        on spell.queue = queue.queue
    where spell.slice = 'all' and spell.left_on is null

),

latest as (

    select
        open.queue,
        open.item_key,
        open.attribute,
        arg_max(version.value, (version.valid_from, version.version_order)) as value
    from open
    inner join changing_attribute as changing
        on open.staging = changing.staging and open.attribute = changing.attribute
    inner join attribute_version as version
        on
            open.item_key = version.item_key
            and changing.feed = version.feed
            and changing.column_name = version.column_name
            and changing.dated_by is not distinct from version.dated_by
            and open.data_as_at >= version.valid_from
    group by open.queue, open.item_key, open.attribute

)

select
    open.queue,
    open.attribute || ' (now)' as slice,
    coalesce(latest.value, open.attributes[open.attribute], '(not recorded)') as slice_value,
    count(*) as waiting_count,
    count(*) filter (not open.is_age_known) as age_unknown_count,
    if(any_value(open.has_stages), count(*) filter (open.is_out_of_order), null) as out_of_order_count,
    count(*) filter (open.is_closed_ahead) as closed_ahead_count,
    if(any_value(open.has_standard), count(*) filter (open.due_on <= open.data_as_at), null) as past_standard_count,
    if(
        any_value(open.has_standard),
        count(*) filter (open.due_on > open.data_as_at and open.due_on <= open.data_as_at + 7),
        null
    ) as due_next_7_days_count,
    max(open.data_as_at - open.first_entered_on) filter (open.is_age_known) as oldest_age_days,
    max(open.data_as_at - open.entered_on) filter (open.is_wait_known) as oldest_wait_days,
    count(distinct open.contributor_key) as contributor_count
from open
left join latest
    on open.queue = latest.queue and open.item_key = latest.item_key and open.attribute = latest.attribute
group by all
