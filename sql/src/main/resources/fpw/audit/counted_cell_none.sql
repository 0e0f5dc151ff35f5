-- An empty table for counts of spells by queue, cause and sign.
select
    cast(null as varchar) as queue,
    cast(null as varchar) as cause,
    cast(null as integer) as sign,
    cast(null as varchar) as slice,
    cast(null as varchar) as slice_value,
    cast(null as varchar) as exit_reason,
    cast(null as varchar) as period_kind,
    cast(null as date) as period_start_on,
    cast(null as varchar) as measure,
    cast(null as bigint) as figure
where false
