-- For a column that is declared fixed, how many items have a value, and for how many it has ever changed. One row.
-- Parameter: source_column, name. The column.
-- Parameter: files, files. Every version of its rows.
-- Parameter: withdrawn_loads, texts. Withdrawn loads, which no longer count.
select
    count(*) as item_count,
    count(*) filter (value_count > 1) as changed_count
from (
    select count(distinct :source_column) as value_count
    from read_parquet(:files, hive_partitioning = false, union_by_name = true)
    where _load_id not in :withdrawn_loads and _op = 'upsert'
    group by _item
)
