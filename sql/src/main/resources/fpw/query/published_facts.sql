-- Do our figures bear out what has been published?
-- Says: each published figure, the value of ours that comes closest in its window, the verdict and why.
-- Cannot say: that a figure is right because both match; where data was made to match (by construction) a match says nothing.
-- Grain: fact. Parameters: none.
select
    fact,
    quote,
    operator,
    stated_from,
    stated_to,
    unit,
    as_of_from_on,
    as_of_to_on,
    our_value,
    verdict,
    difference,
    reason
from mart.published_fact
order by as_of_from_on, fact
