-- Feeds by queue, as pairs. Grain: queue, feed.
-- Parameter: queues, texts. A queue for each pair.
-- Parameter: feeds, texts. A feed for each pair.
select
    unnest(:queues) as queue,
    unnest(:feeds) as feed
