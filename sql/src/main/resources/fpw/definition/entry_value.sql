-- What an attribute was when an item entered a queue, of attributes that the source changes later: as it was first released; before that the latest version on or before the day of entry, else the first within the declared lag.
-- Of what is neither, and of entries after the last day that is known of the feed, it is not known. attribute_version is read from raw, and stored_entry_value from the ledger of what was released; where an earlier release is verified, from its spells.
-- Grain: item_key, occurred_on, staging, attribute. Reads: event, queue_event, changing_attribute, attribute_version, stored_entry_value.
with

entry as (

    select distinct
        event.item_key,
        event.occurred_on,
        event.staging,
        changing.* exclude (staging)
    from event
    inner join changing_attribute as changing
        on event.staging = changing.staging
    inner join queue_event as role
        on event.item_kind = role.item_kind and event.event = role.event and role.role in ('enters', 're_enters')

),

placed as (

    select
        entry.item_key,
        entry.occurred_on,
        entry.staging,
        entry.attribute,
        version.value,
        version.valid_from <= entry.occurred_on as is_before,
        row_number() over (
            partition by entry.item_key, entry.occurred_on, entry.staging, entry.attribute, version.valid_from <= entry.occurred_on
            order by
                if(version.valid_from <= entry.occurred_on, entry.occurred_on - version.valid_from, version.valid_from - entry.occurred_on),
                if(version.valid_from <= entry.occurred_on, -version.version_order, version.version_order)
        ) as place
    from entry
    inner join attribute_version as version
        on
            entry.item_key = version.item_key
            and entry.feed = version.feed
            and entry.column_name = version.column_name
            and entry.dated_by is not distinct from version.dated_by
            and version.valid_from <= entry.occurred_on + entry.lag_days
    where entry.occurred_on <= entry.known_to

),

nearest as (

    select
        item_key,
        occurred_on,
        staging,
        attribute,
        coalesce(
            any_value(value) filter (is_before),
            any_value(value) filter (not is_before)
        ) as value
    from placed
    where place = 1
    group by all

)

select
    entry.item_key,
    entry.occurred_on,
    entry.staging,
    entry.attribute,
    coalesce(stored.value, nearest.value, '(not known at entry)') as value
from entry
left join nearest
    on
        entry.item_key = nearest.item_key
        and entry.occurred_on = nearest.occurred_on
        and entry.staging = nearest.staging
        and entry.attribute = nearest.attribute
left join stored_entry_value as stored
    on
        entry.item_key = stored.item_key
        and entry.occurred_on = stored.entered_on
        and entry.attribute = stored.attribute
        and entry.basis = stored.basis
