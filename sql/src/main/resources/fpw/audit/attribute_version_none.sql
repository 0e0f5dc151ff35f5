-- No version of any column.
select
    cast(null as varchar) as item_key,
    cast(null as varchar) as feed,
    cast(null as varchar) as column_name,
    cast(null as varchar) as dated_by,
    cast(null as varchar) as value,
    cast(null as date) as valid_from,
    cast(null as bigint) as version_order
where false
