-- The codes and dates of feeds for which events are declared; event_group is null if a code is ignored. Grain: feed, column_name, code.
-- Parameter: feeds, texts. Name of each feed.
-- Parameter: sources, texts. Its source.
-- Parameter: columns, texts. The column.
-- Parameter: codes, texts. The code.
-- Parameter: event_groups, texts. The group of events.
select
    unnest(:feeds) as feed,
    unnest(:sources) as source,
    unnest(:columns) as column_name,
    unnest(:codes) as code,
    unnest(:event_groups) as event_group
