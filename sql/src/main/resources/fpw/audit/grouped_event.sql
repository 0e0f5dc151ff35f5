-- The events of feeds by group: events that staging makes from the same code form a group. Grain: source, event.
-- Parameter: sources, texts. Source of each.
-- Parameter: events, texts. The event.
-- Parameter: event_groups, texts. Its group.
select
    unnest(:sources) as source,
    unnest(:events) as event,
    unnest(:event_groups) as event_group
