-- The waits of contributors in a cohort: for each set of waits, how many contributors have exactly these. A wait is its first and last observed day, and
-- 1 if it ended, otherwise 0. Grain: queue, slice, slice_value, cohort, waits. Reads: cohort_spell.
with

contributor as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        contributor_key,
        string_agg(
            concat_ws(' ', first_day, last_day, if(left_as is null, 0, 1)), ','
            order by first_day, last_day, left_as is null
        ) as waits
    from cohort_spell
    group by all

)

select
    queue,
    slice,
    slice_value,
    'all' as standard,
    cohort,
    waits,
    count(*) as contributor_count
from contributor
group by all
order by queue, slice, slice_value, cohort, waits
