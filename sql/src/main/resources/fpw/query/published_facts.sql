-- Do our figures bear out what has been published?
-- Says: each published figure; of the values that ours took in its window the closest, the lowest, the highest and how many; the verdict and why.
-- Cannot say: that a figure is right because both match; where data was made to match (by construction) a match says nothing.
-- Grain: fact. Parameters: none.
select
    fact,
    quote,
    operator,
    stated_from,
    stated_to,
    unit,
    our_unit,
    as_of_from_on,
    as_of_to_on,
    our_value as closest_of_ours,
    our_lowest,
    our_highest,
    our_value_count,
    verdict,
    difference,
    reason,
    definition
from mart.published_fact
order by as_of_from_on, fact
