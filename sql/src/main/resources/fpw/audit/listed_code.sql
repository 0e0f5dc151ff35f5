-- The codes and dates of feeds that have events; event_group is null where a code is ignored. Grain: feed, column_name, code.
-- Parameter: feeds, texts. Name of the feed of each.
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
