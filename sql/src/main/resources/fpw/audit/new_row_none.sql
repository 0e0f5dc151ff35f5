-- An empty table for rows of feeds that were loaded or withdrawn since the replaced release, with the items that each was about.
select
    cast(null as varchar) as feed,
    cast(null as varchar) as row_key,
    cast(null as varchar) as row_item,
    cast(null as varchar) as item_key,
    cast(null as boolean) as is_withdrawn,
    cast(null as boolean) as is_deleted,
    cast(null as boolean) as is_late
where false
