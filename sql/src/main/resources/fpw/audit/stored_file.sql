-- The rows of Parquet files, each with the path of its file in _file: a feed may have a column filename.
-- Parameter: files, files. Of one table; they may have been written with different columns.
select *
from read_parquet(:files, hive_partitioning = false, union_by_name = true, filename = '_file')
