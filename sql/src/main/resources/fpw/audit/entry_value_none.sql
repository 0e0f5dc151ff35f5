-- No stored value.
select
    cast(null as varchar) as item_key,
    cast(null as date) as entered_on,
    cast(null as varchar) as attribute,
    cast(null as varchar) as basis,
    cast(null as varchar) as value
where false
