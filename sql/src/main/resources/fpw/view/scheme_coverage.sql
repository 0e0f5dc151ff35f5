-- How far the judgements by a scheme are known: as far as the feeds of every grading query that has yielded some.
-- Grain: scheme. Parameters: none.
with

used as (

    select distinct
        scheme,
        grading
    from grading

)

select
    used.scheme,
    min(known.data_as_at) as data_as_at,
    min_by(known.unavailable_reason, known.data_as_at) as unavailable_reason
from used
inner join grading_coverage as known
    on used.grading = known.grading
group by used.scheme
