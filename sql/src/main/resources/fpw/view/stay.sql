-- Observed spells that have everything a flow or a stock needs in common, counted.
-- Grain: queue, slice, slice_value, is_reentry, first_entered_on, entered_on, left_on, left_as. Parameters: none.
select
    queue,
    slice,
    slice_value,
    is_reentry,
    first_entered_on,
    entered_on,
    observed_from_on,
    observed_to_on,
    left_on,
    left_as,
    is_served,
    count(*) as stay_count
from spell_slice
group by
    queue,
    slice,
    slice_value,
    is_reentry,
    first_entered_on,
    entered_on,
    observed_from_on,
    observed_to_on,
    left_on,
    left_as,
    is_served
