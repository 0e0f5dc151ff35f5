-- Every value of every row of the items, as text. Grain: item_key, stored_value. Reads: item_without_rows.
-- Parameter: source, text. Source of the feed.
-- Parameter: files, files. The rows of the feed.
select distinct
    :source || ':' || _item as item_key,
    stored_value
from (
    unpivot (
        select
            _item,
            cast(columns(lambda stored_column: not starts_with(stored_column, '_')) as varchar)
        from read_parquet(:files, hive_partitioning = false, union_by_name = true)
        where :source || ':' || _item in (select item_without_rows.item_key from item_without_rows)
    )
    on columns(* exclude (_item))
    into name stored_column value stored_value
)
