-- The columns of Parquet files, in their order when read. Grain: column_name.
-- Parameter: files, files. Files of one table; they may have been written with different columns.
select column_name
from (describe select * from read_parquet(:files, hive_partitioning = false, union_by_name = true)) -- noqa: PRS
