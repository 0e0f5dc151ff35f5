-- Rows of a feed whose new version equals the one that the replaced release knew, in the compared columns. A column that a file was written without
-- was not yet in the feed, and is not compared. Grain: row_key. Reads: stored_row.
-- Parameter: columns, texts. Columns to compare, in the order of the files; each is in at least one of them.
-- Parameter: files, files. Files with the versions.
with

compared as (

    select
        _key,
        _item,
        _op,
        _seq,
        _file,
        _was_known,
        _is_known,
        cast(columns(lambda stored_column: stored_column in :columns) as varchar)
    from stored_row()
    where _key in (
        select new_row._key from stored_row() as new_row
        where new_row._is_new
    )

),

version as (

    select
        *,
        { 'item': _item, 'op': _op, 'file_name': _file, 'texts': [*columns(lambda stored_column: stored_column in :columns)] } as _version
    from compared

),

paired as (

    select
        _key,
        arg_max(_version, _seq) filter (_was_known) as before,
        arg_max(_version, _seq) filter (_is_known) as after
    from version
    group by _key

),

written as (

    select
        file_name,
        list(name) as columns
    from parquet_schema(:files)
    group by file_name

)

select paired._key as row_key
from paired
left join written
    on paired.before.file_name = written.file_name
where
    paired.before is not null
    and paired.after is not null
    and paired.before.op is not distinct from paired.after.op
    and paired.before.item is not distinct from paired.after.item
    and len(list_filter(
        range(1, len(:columns) + 1),
        lambda place:
        (paired.before.texts[place] is distinct from paired.after.texts[place])
        and coalesce(list_contains(written.columns, :columns[place]), true)
    )) = 0
