-- Versions of a column that are dated by the day on which they became known. Grain: row and version.
-- Parameter: feed, text. Name of the feed.
-- Parameter: source, text. Its source.
-- Parameter: column_name, text. Name of the column.
-- Parameter: value, name. The column; null if no file has it yet.
-- Parameter: listed, texts. Its closed list; empty if there is none.
-- Parameter: not_listed, text. What all other values become.
-- Parameter: files, files. Every version of the rows.
-- Parameter: withdrawn_loads, texts. Withdrawn loads, which no longer count.
select
    :source || ':' || _item as item_key,
    :feed as feed,
    :column_name as column_name,
    cast(null as varchar) as dated_by,
    coalesce(if(:value is null or len(:listed) = 0 or :value in :listed, :value, :not_listed), '(not recorded)') as value,
    _known_on as valid_from,
    _seq as version_order
from read_parquet(:files, hive_partitioning = false, union_by_name = true)
where _load_id not in :withdrawn_loads and _op = 'upsert'
