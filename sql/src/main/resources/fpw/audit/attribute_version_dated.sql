-- Versions of a column that is dated by another: the latest version of each row, if it has a date and was not deleted. Grain: row.
-- Parameter: feed, text. Name of the feed.
-- Parameter: source, text. Its source.
-- Parameter: column_name, text. Name of the column.
-- Parameter: value, name. The column; null if no file has it yet.
-- Parameter: listed, texts. Its closed list; empty if there is none.
-- Parameter: not_listed, text. What all other values become.
-- Parameter: files, files. Every version of the rows.
-- Parameter: withdrawn_loads, texts. Withdrawn loads, which no longer count.
-- Parameter: dated_by, name. The column with the date.
-- Parameter: dated_by_name, text. Its name.
select
    :source || ':' || _item as item_key,
    :feed as feed,
    :column_name as column_name,
    cast(:dated_by_name as varchar) as dated_by,
    coalesce(if(:value is null or len(:listed) = 0 or :value in :listed, :value, :not_listed), '(not recorded)') as value,
    cast(:dated_by as date) as valid_from,
    _seq as version_order
from (
    select *
    from read_parquet(:files, hive_partitioning = false, union_by_name = true)
    where _load_id not in :withdrawn_loads
    qualify row_number() over (partition by _key order by _seq desc) = 1
)
where _op = 'upsert' and :dated_by is not null
