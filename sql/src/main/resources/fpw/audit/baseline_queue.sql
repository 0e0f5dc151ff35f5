-- The queues of the current release. Grain: queue.
-- Parameter: queues, texts. Names of the queues.
-- Parameter: known_to, dates. Last known day of each.
select
    unnest(:queues) as queue,
    unnest(:known_to) as known_to
