-- Codes of a feed that are in none of its lists. Grain: column_name, code. Reads: source_entry, listed_code.
-- Parameter: feed, text. Name of the feed.
select
    column_name,
    code,
    cast(sum(source_entry.row_count) as bigint) as row_count,
    count(distinct item_key) as item_count
from source_entry
anti join listed_code
    on
        source_entry.feed = listed_code.feed
        and source_entry.column_name = listed_code.column_name
        and source_entry.code = listed_code.code
where feed = :feed
group by column_name, code
order by column_name asc, row_count desc, code asc
