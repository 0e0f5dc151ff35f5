-- An empty table for the items of feeds.
select cast(null as varchar) as item_key
where false
