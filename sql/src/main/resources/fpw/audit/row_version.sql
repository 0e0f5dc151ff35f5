-- The latest two versions of each row of a feed, with the columns on which figures depend as texts; recency 1 is the latest. Grain: row_key,
-- recency.
-- Parameter: feed, text. Name of the feed.
-- Parameter: source, text. Its source.
-- Parameter: columns, texts. Columns on which figures depend, and _key, in the order of the files; each is in at least one of them.
-- Parameter: files, files. Every version of its rows.
-- Parameter: withdrawn_loads, texts. Withdrawn loads, which no longer count.
select
    :feed as feed,
    row_key,
    :source || ':' || _item as item_key,
    _known_on as known_on,
    _op as op,
    row_number() over (partition by row_key order by _seq desc) as recency,
    :columns as names,
    [*columns(lambda stored_column: stored_column in :columns)] as texts
from (
    select
        _key as row_key,
        _item,
        _known_on,
        _op,
        _seq,
        cast(columns(lambda stored_column: stored_column in :columns) as varchar)
    from read_parquet(:files, hive_partitioning = false, union_by_name = true)
    where _load_id not in :withdrawn_loads
)
qualify recency <= 2
