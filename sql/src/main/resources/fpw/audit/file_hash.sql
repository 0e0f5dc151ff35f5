-- Reads every value in some columns of files. One row.
-- Parameter: columns, names. The columns.
-- Parameter: files, files. Files of one table.
select bit_xor(hash(:columns)) as hash
from read_parquet(:files, hive_partitioning = false, union_by_name = true)
