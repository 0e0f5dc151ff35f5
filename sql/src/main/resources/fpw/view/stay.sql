-- Observed spells that have everything a flow or a stock needs in common, counted; sole_count is the part whose contributor has no other spell in the
-- queue, due_on the first day at whose end it is past the standard that counts.
-- Grain: queue, slice, slice_value, is_reentry, first_entered_on, entered_on, due_on, left_on, left_as. Parameters: none.
select
    queue,
    slice,
    slice_value,
    is_reentry,
    first_entered_on,
    entered_on,
    is_age_known,
    is_wait_known,
    due_on,
    observed_from_on,
    observed_to_on,
    left_on,
    left_as,
    is_served,
    count(*) as stay_count,
    count_if(is_sole) as sole_count
from spell_slice
group by
    queue,
    slice,
    slice_value,
    is_reentry,
    first_entered_on,
    entered_on,
    is_age_known,
    is_wait_known,
    due_on,
    observed_from_on,
    observed_to_on,
    left_on,
    left_as,
    is_served
