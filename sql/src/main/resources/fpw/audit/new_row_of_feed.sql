-- Items whose rows in a feed were loaded or withdrawn: one row for each row of the source and each item that it was about in the replaced release,
-- is about now, or was about in a version in between. Grain: row_key, row_item. Reads: stored_row, unchanged_row.
-- Parameter: feed, text. Name of the feed.
-- Parameter: source, text. Its source.
-- Parameter: is_late, boolean. Whether the feed was missing from the replaced release.
with

new_key as (

    select distinct _key
    from stored_row() as stored
    anti join unchanged_row
        on stored._key = unchanged_row.row_key
    where _is_new

),

changed as (

    select
        _key,
        arg_max(_item, _seq) filter (_was_known) as item_before,
        arg_max(_item, _seq) filter (_is_known) as item_now,
        list(distinct _item) filter (_is_new) as new_items,
        arg_max(_op, _seq) filter (_is_known) as op_now,
        bool_or(_is_withdrawn) as is_withdrawn
    from stored_row() as stored
    semi join new_key
        on stored._key = new_key._key
    group by _key

),

item as (

    select
        _key,
        unnest(list_distinct(list_concat([item_before, item_now], new_items))) as _item,
        is_withdrawn,
        coalesce(op_now = 'delete', false) as is_deleted
    from changed

)

select
    :feed as feed,
    _key as row_key,
    _item as row_item,
    :source || ':' || _item as item_key,
    is_withdrawn,
    is_deleted,
    :is_late as is_late
from item
where _item is not null
