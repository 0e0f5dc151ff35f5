-- All checks of the rows of one table in one pass: the number of rows and of distinct grains, the sums of the four quarters of the rows' hashes,
-- and how many rows fail each check. One row.
-- Parameter: audited, name. The table.
-- Parameter: grain, names. Columns that identify a row.
-- Parameter: row_text, expression. The row as one text.
-- Parameter: checks, expression. How many rows fail each check.
select
    count(*) as row_count,
    count(distinct row(:grain, 0)) as grain_count,
    coalesce(sum(cast('0x' || substr(_hash, 1, 16) as ubigint)), 0) as first_quarter,
    coalesce(sum(cast('0x' || substr(_hash, 17, 16) as ubigint)), 0) as second_quarter,
    coalesce(sum(cast('0x' || substr(_hash, 33, 16) as ubigint)), 0) as third_quarter,
    coalesce(sum(cast('0x' || substr(_hash, 49, 16) as ubigint)), 0) as fourth_quarter,
    :checks
from (
    select
        *,
        sha256(:row_text) as _hash
    from :audited
)
