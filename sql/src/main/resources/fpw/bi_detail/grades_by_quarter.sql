-- How often each grade was given in each period of one kind. Parameter: period_kind.
select
    cast(
        share.scheme || ' ' || cast(share.scheme_version as varchar(10)) || ', ' || share.selection || ', ' || share.population
        as varchar(600)
    ) as series,
    scheme.title as scheme_title,
    share.scheme,
    share.scheme_version,
    share.population,
    share.selection,
    share.theme,
    share.assessor,
    share.period,
    share.period_start_on,
    share.period_end_on,
    share.grade,
    share.grade_rank,
    share.judgement_count,
    share.share,
    share.share_low,
    share.share_high,
    share.interval_reason,
    share.is_partial,
    share.is_provisional,
    share.is_available,
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
where share.period_kind = :period_kind
