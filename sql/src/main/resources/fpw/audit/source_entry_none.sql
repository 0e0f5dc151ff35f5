-- An empty table for the events that rows of feeds imply.
select
    cast(null as varchar) as feed,
    cast(null as varchar) as item_key,
    cast(null as varchar) as column_name,
    cast(null as varchar) as code,
    cast(null as boolean) as is_dated,
    cast(null as date) as day,
    cast(null as bigint) as row_count
where false
