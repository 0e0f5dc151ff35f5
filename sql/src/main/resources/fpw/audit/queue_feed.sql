-- Feeds by queue, as pairs. Grain: queue, feed.
-- Parameter: queues, texts. Queue of each pair.
-- Parameter: feeds, texts. Feed of each pair.
select
    unnest(:queues) as queue,
    unnest(:feeds) as feed
