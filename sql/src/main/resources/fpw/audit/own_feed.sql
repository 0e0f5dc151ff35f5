-- Queues for whose items a feed has rows. Grain: queue. Reads: joined_feed, spell of both releases.
-- Parameter: feed, text. Name of the feed.
-- Parameter: source, text. Its source.
-- Parameter: files, files. The rows of the feed.
select distinct
    spell.queue,
    :feed as feed
from (
    select
        queue,
        item_key
    from main.spell
    union
    select
        queue,
        item_key
    from replaced.spell
) as spell
semi join (select :source || ':' || _item as item_key from read_parquet(:files, hive_partitioning = false, union_by_name = true)) as stored
    on spell.item_key = stored.item_key
where spell.queue in (
    select joined_feed.queue from joined_feed
    where joined_feed.feed = :feed
)
