-- Items that changed without rows of their own, in queues whose staging queries join a feed with changed rows. Grain: queue, item_key. Reads:
-- spell_difference, joined_feed, new_row, item_with_rows, redefined_queue.
select distinct
    difference.queue,
    difference.item_key
from spell_difference as difference
semi join (
    select joined_feed.queue
    from joined_feed
    semi join new_row
        on joined_feed.feed = new_row.feed
) as affected
    on difference.queue = affected.queue
anti join item_with_rows
    on difference.queue = item_with_rows.queue and difference.item_key = item_with_rows.item_key
anti join redefined_queue
    on difference.queue = redefined_queue.queue
