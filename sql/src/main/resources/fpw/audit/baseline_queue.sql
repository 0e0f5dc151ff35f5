-- The queues of the current release. Grain: queue.
-- Parameter: queues, texts. Names of the queues.
-- Parameter: known_to, dates. The last day that is known of each.
select
    unnest(:queues) as queue,
    unnest(:known_to) as known_to
