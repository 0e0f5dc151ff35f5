-- Items with changed spells for which rows were loaded or withdrawn. Only rows of feeds on which the queue depends count. Grain: queue, item_key.
-- Reads: new_row, queue_feed, spell_difference.
select
    queue_feed.queue,
    new_row.item_key,
    bool_or(new_row.is_withdrawn) as has_withdrawn_rows,
    bool_or(new_row.is_late) as has_late_feed,
    bool_or(new_row.is_deleted) as is_deleted
from new_row
inner join queue_feed
    on new_row.feed = queue_feed.feed
semi join spell_difference as difference
    on queue_feed.queue = difference.queue and new_row.item_key = difference.item_key
group by queue_feed.queue, new_row.item_key
