-- How many waits of a cohort came under observation (entered), ended (left), and were last seen still going on (waiting), by day of wait. Grain: queue,
-- slice, slice_value, cohort, wait_days, observed. Reads: cohort_spell.
with

observation as (

    select
        queue,
        slice,
        slice_value,
        cohort,
        first_day as wait_days,
        'entered' as observed
    from cohort_spell
    union all
    select
        queue,
        slice,
        slice_value,
        cohort,
        last_day,
        if(left_as is null, 'waiting', 'left')
    from cohort_spell

)

select
    queue,
    slice,
    slice_value,
    'all' as standard,
    cohort,
    wait_days,
    observed,
    count(*) as spell_count
from observation
group by all
order by queue, slice, slice_value, cohort, wait_days, observed
