-- An empty table for the statistics of each step.
select
    cast(null as varchar) as queue,
    cast(null as integer) as cause_order,
    cast(null as varchar) as mart,
    cast(null as varchar) as slice,
    cast(null as varchar) as slice_value,
    cast(null as varchar) as standard,
    cast(null as varchar) as cohort,
    cast(null as varchar) as measure,
    cast(null as double) as figure
where false
