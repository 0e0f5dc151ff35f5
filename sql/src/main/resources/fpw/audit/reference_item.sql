-- Items that may have changed because of rows about something else, which a staging query joins to their own. is_named: a row of the item names one
-- of these. A feed is a lookup of a queue if none of its rows is about an item of the queue; its rows may have changed any item. Joins on equality
-- alone: comparing two columns would scan every value for every new row. Grain: queue, item_key. Reads: item_without_rows, item_value, joined_feed,
-- own_feed, new_row.
with

new_name as (

    select distinct
        feed,
        unnest([row_key, row_item]) as new_name
    from new_row

),

named as (

    select distinct
        item.queue,
        item.item_key
    from item_without_rows as item
    inner join item_value
        on item.item_key = item_value.item_key
    inner join joined_feed
        on item.queue = joined_feed.queue
    inner join new_name
        on
            joined_feed.feed = new_name.feed
            and item_value.stored_value = new_name.new_name

)

select
    item.queue,
    item.item_key,
    named.item_key is not null as is_named
from item_without_rows as item
left join named
    on item.queue = named.queue and item.item_key = named.item_key
where
    named.item_key is not null
    or exists (
        select 1 from joined_feed
        where
            joined_feed.queue = item.queue
            and joined_feed.feed in (select new_row.feed from new_row)
            and not exists (
                select 1 from own_feed
                where own_feed.queue = joined_feed.queue and own_feed.feed = joined_feed.feed
            )
    )
