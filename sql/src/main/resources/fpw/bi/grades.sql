-- How often each grade was given in each quarter.
select
    cast(
        share.scheme || ' ' || cast(share.scheme_version as varchar(10)) || ', ' || share.selection || ', ' || share.population
        as varchar(600)
    ) as series,
    scheme.title as scheme_title,
    share.theme,
    share.assessor,
    share.period,
    share.period_start_on,
    share.period_end_on,
    share.grade,
    share.grade_rank,
    share.judgement_count,
    share.judgement_total_count as judgement_total_do_not_sum,
    share.is_partial,
    share.is_provisional,
    share.unavailable_reason,
    share.data_as_at,
    share.release_id
from mart.grading_share as share
inner join mart.dim_scheme as scheme
    on
        share.scheme = scheme.scheme
        and share.scheme_version = scheme.scheme_version
        and share.grade = scheme.grade
        and share.release_id = scheme.release_id
where share.period_kind = 'quarter'
