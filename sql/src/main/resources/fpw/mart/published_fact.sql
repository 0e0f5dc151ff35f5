-- Published figures with ours beside them. The verdicts are reached by code, which runs the query of each fact.
-- Grain: fact. Parameters: none.
select
    fact,
    quote,
    operator,
    stated_from,
    stated_to,
    about_share,
    unit,
    as_of_from_on,
    as_of_to_on,
    clock_start,
    population,
    definition,
    body_count,
    fact_source,
    is_by_construction,
    our_value,
    our_lowest,
    our_highest,
    our_value_count,
    verdict,
    difference,
    reason
from fact_verdict
