-- The current rows of a feed: those in its files, except superseded ones. Grain: row.
-- Parameter: files, files. Files with the rows.
-- Parameter: superseded_file, text. A file that lists superseded rows: path of their file and number of the row.
select *
from
    read_parquet(
        :files, hive_partitioning = false, union_by_name = true, filename = '_file', file_row_number = true
    ) as stored
anti join
    read_csv(
        :superseded_file,
        auto_detect = false,
        header = false,
        delim = '	',
        quote = '',
        escape = '',
        columns = { 'file_name': 'varchar', 'place': 'bigint' }
    ) as superseded
    on stored._file = superseded.file_name and stored.file_row_number = superseded.place
