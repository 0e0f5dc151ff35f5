-- The events of feeds by group: those of which staging makes one of the same code belong together. Grain: source, event.
-- Parameter: sources, texts. Source of each.
-- Parameter: events, texts. The event.
-- Parameter: event_groups, texts. Its group.
select
    unnest(:sources) as source,
    unnest(:events) as event,
    unnest(:event_groups) as event_group
