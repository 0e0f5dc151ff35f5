-- The events that the rows of a feed imply by one column: by its code, or by its date. An event with a date counts once, however often the source
-- repeats it, as in staging. Grain: item_key, code, day and time. Reads: current_row.
-- Parameter: feed, text. Name of the feed.
-- Parameter: source, text. Its source.
-- Parameter: source_column, name. The column with the codes or dates.
-- Parameter: column_name, text. Its name.
-- Parameter: is_coded, boolean. Whether it has codes.
-- Parameter: date_column, name. The column with the date; null if there is none.
-- Parameter: is_dated, boolean. Whether there is one.
select
    :feed as feed,
    item_key,
    :column_name as column_name,
    code,
    :is_dated as is_dated,
    cast(moment as date) as day,
    row_count
from (
    select
        :source || ':' || _item as item_key,
        if(:is_coded, cast(:source_column as varchar), '') as code,
        :date_column as moment,
        count(*) as row_count
    from current_row
    where :source_column is not null
    group by all
)
