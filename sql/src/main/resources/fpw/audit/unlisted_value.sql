-- The three most frequent values of a column that are not in its closed list, with the number of all such rows and of all such values. Grain:
-- value. Reads: current_row.
-- Parameter: source_column, name. The column.
-- Parameter: listed, texts. Its closed list.
select
    :source_column as value,
    count(*) as row_count,
    cast(sum(count(*)) over () as bigint) as all_row_count,
    count(*) over () as all_value_count
from current_row
where :source_column not in :listed
group by :source_column
order by row_count desc, value asc
limit 3
