-- Rows of feeds whose code or date implies an event, compared with the events of their items: how many items have each kind of difference. Ignores
-- events of items without a row in the feed, and items that a rule excludes, which staging does not see. An item with an undated code is ignored as
-- a whole if staging passes that on; it is then in core.exclusion. Grain: feed, event_group. Reads: source_entry, source_item, listed_code,
-- grouped_event, event, exclusion, ahead, irregularity.
-- Parameter: excluding_rules, texts. Codes of the rules that exclude an item.
-- Parameter: scoped_feeds, texts. Feeds with items out of scope.
with

entry as (

    select
        source_entry.*,
        listed_code.event_group
    from source_entry
    inner join listed_code
        on
            source_entry.feed = listed_code.feed
            and source_entry.column_name = listed_code.column_name
            and source_entry.code = listed_code.code
    where listed_code.event_group is not null

),

kept_out as (

    select item_key
    from exclusion
    where code in :excluding_rules
    union
    select item_key
    from exclusion
    where
        code = 'MISSING_DATE' and item_key in (
            select item_key from entry
            where day is null
        )
    union
    -- out of scope: an item in scope has events, or is excluded without
    select entry.item_key
    from entry
    anti join event
        on entry.item_key = event.item_key
    anti join exclusion
        on entry.item_key = exclusion.item_key
    anti join ahead
        on entry.item_key = ahead.item_key
    where entry.feed in :scoped_feeds

),

told as (

    select
        item_key,
        event_group,
        min(feed) as feed,
        cast(sum(if(is_dated, 1, row_count)) as bigint) as told_count,
        bool_and(is_dated) as is_dated,
        bool_or(row_count > 1) as is_repeated,
        list_sort(list(day)) as days
    from entry
    anti join kept_out
        on entry.item_key = kept_out.item_key
    group by item_key, event_group

),

made as (

    select
        event.item_key,
        grouped_event.event_group,
        count(*) as made_count,
        list_sort(list(event.occurred_on)) as days
    from event
    inner join grouped_event
        on event.source = grouped_event.source and event.event = grouped_event.event
    semi join source_item
        on event.item_key = source_item.item_key
    group by event.item_key, grouped_event.event_group

),

-- if one event is in several queues
ignored as (

    select distinct
        item_key,
        left(item_key, instr(item_key, ':') - 1) as source,
        event,
        code = 'EVENT_REPEATED' as is_repeated
    from irregularity
    where code in ('EVENT_REPEATED', 'CLOSED_TWICE')

),

returned_twice as (

    select
        ignored.item_key,
        grouped_event.event_group
    from ignored
    inner join grouped_event
        on ignored.source = grouped_event.source and ignored.event = grouped_event.event
    where ignored.is_repeated
    group by ignored.item_key, grouped_event.event_group

),

first_feed as (

    select
        event_group,
        min(feed) as feed
    from listed_code
    group by event_group

)

select
    coalesce(told.feed, first_feed.feed) as feed,
    event_group,
    count(*) filter (told_count is not null and coalesce(made_count, 0) < if(is_dated, told_count, 1)) as missing_count,
    count(*) filter (coalesce(told_count, 0) < made_count) as surplus_count,
    count(*) filter (told_count = made_count and is_dated and told.days <> made.days) as moved_count,
    count(*) filter (told_count = made_count and not is_repeated and returned_twice.item_key is not null) as twice_count,
    0 as late_count
from told
full join made
    using (item_key, event_group)
inner join first_feed
    using (event_group)
left join returned_twice
    using (item_key, event_group)
group by coalesce(told.feed, first_feed.feed), event_group
union all
-- events that no code or date implies, such as those that staging derives from what is not recorded
select
    source.feed,
    ignored.source || ':' || ignored.event as event_group,
    0 as missing_count,
    0 as surplus_count,
    0 as moved_count,
    count(*) filter (ignored.is_repeated) as twice_count,
    count(*) filter (not ignored.is_repeated) as late_count
from ignored
inner join (
    select
        source,
        min(feed) as feed
    from listed_code
    group by source
) as source
    on ignored.source = source.source
anti join grouped_event
    on ignored.source = grouped_event.source and ignored.event = grouped_event.event
anti join (
    select item_key from source_entry
    where row_count > 1
) as repeated_row
    on ignored.item_key = repeated_row.item_key
group by source.feed, ignored.source, ignored.event
