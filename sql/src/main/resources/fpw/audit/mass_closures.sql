-- What the items that left a queue have in common: the load date of their changes, and a column that changed in their rows. Each item is
-- represented by the rows of its latest load date; their changes are relative to the previous version, which rows of a log do not have. One row, or
-- none if no row is about an item. Reads: spell_pair, row_version.
-- Parameter: queue, text. The queue.
with

closed as (

    select
        pair.spell_id,
        pair.left_as,
        pair.item_key,
        max(row_version.known_on) as loaded_on
    from spell_pair as pair
    inner join row_version
        on pair.item_key = row_version.item_key
    where pair.queue = :queue and pair.was_open and pair.left_as is not null and row_version.recency = 1
    group by pair.spell_id, pair.left_as, pair.item_key

),

by_reason as (

    select
        loaded_on,
        left_as,
        count(*) as closed_count
    from closed
    group by loaded_on, left_as

),

changed as (

    select distinct
        closed.spell_id,
        closed.loaded_on,
        latest.feed,
        latest.names[place.number] as name
    from closed
    inner join row_version as latest
        on closed.item_key = latest.item_key and closed.loaded_on = latest.known_on
    inner join row_version as earlier
        on latest.feed = earlier.feed and latest.row_key = earlier.row_key
    cross join unnest(range(1, len(latest.names) + 1)) as place (number)
    where
        latest.recency = 1
        and earlier.recency = 2
        and latest.op <> 'delete'
        and latest.texts[place.number] is distinct from earlier.texts[place.number]

),

by_column as (

    select
        loaded_on,
        feed || '.' || name as feed_column,
        count(*) as closed_count
    from changed
    group by loaded_on, feed, name

)

select
    cast(reason.most.loaded_on as varchar) as loaded_on,
    reason.most.left_as as left_as,
    reason.most.closed_count as closed_count,
    change.most.feed_column as feed_column,
    cast(change.most.loaded_on as varchar) as column_loaded_on,
    coalesce(change.most.closed_count, 0) as column_closed_count
from (
    select max({ 'closed_count': closed_count, 'loaded_on': loaded_on, 'left_as': left_as }) as most from by_reason
) as reason
cross join (
    select max({ 'closed_count': closed_count, 'loaded_on': loaded_on, 'feed_column': feed_column }) as most from by_column
) as change
where reason.most is not null
