-- An empty table for the values of the rows of items.
select
    cast(null as varchar) as item_key,
    cast(null as varchar) as stored_value
where false
