-- How far two assessors agree on the cases that both judged.
-- Grain: scheme, scheme_version, theme, first_assessor, second_assessor. Parameters: none.
with

dated as (

    select
        grading.*,
        max(grading.judged_on) over (
            partition by grading.scheme, grading.scheme_version, grading.theme, grading.assessor, grading.case_key
        ) as last_judged_on
    from grading
    inner join scheme_coverage as known
        on grading.scheme = known.scheme
    where not grading.gives_counts and grading.assessor <> '(not recorded)' and grading.judged_on <= known.data_as_at

),

opinion as (

    select
        scheme,
        scheme_version,
        theme,
        assessor,
        case_key,
        max(contributor_key) as contributor_key,
        max(judged_on) as judged_on,
        min(grade_rank) as grade_rank,
        min(grade_rank) <> max(grade_rank) as is_unclear
    from dated
    where judged_on = last_judged_on
    group by scheme, scheme_version, theme, assessor, case_key

),

pair as (

    select
        one.scheme,
        one.scheme_version,
        one.theme,
        one.assessor as first_assessor,
        other.assessor as second_assessor,
        one.contributor_key,
        one.grade_rank as first_rank,
        other.grade_rank as second_rank,
        one.is_unclear or other.is_unclear as is_unclear,
        least(one.judged_on, other.judged_on) as first_judged_on,
        greatest(one.judged_on, other.judged_on) as last_judged_on
    from opinion as one
    inner join opinion as other
        on
            one.scheme = other.scheme
            and one.scheme_version = other.scheme_version
            and one.theme = other.theme
            and one.case_key = other.case_key
            and one.assessor < other.assessor

),

scale as (

    select distinct
        scheme,
        scheme_version,
        grade_count
    from scheme_grade

),

compared as (

    select
        pair.scheme,
        pair.scheme_version,
        pair.theme,
        pair.first_assessor,
        pair.second_assessor,
        count_if(not pair.is_unclear) as pair_count,
        count_if(pair.is_unclear) as unclear_case_count,
        count_if(not pair.is_unclear and pair.first_rank = pair.second_rank) as agreed_count,
        count_if(not pair.is_unclear and pair.first_rank < pair.second_rank) as first_better_count,
        count_if(not pair.is_unclear and pair.first_rank > pair.second_rank) as second_better_count,
        agreement(
            collect_list(if(pair.is_unclear, null, struct(pair.first_rank, pair.second_rank))),
            max(scale.grade_count)
        ) as measure,
        min(if(pair.is_unclear, null, pair.first_judged_on)) as first_judged_on,
        max(if(pair.is_unclear, null, pair.last_judged_on)) as last_judged_on,
        count(distinct pair.contributor_key) as contributor_count
    from pair
    inner join scale
        on
            pair.scheme = scale.scheme
            and pair.scheme_version = scale.scheme_version
    group by pair.scheme, pair.scheme_version, pair.theme, pair.first_assessor, pair.second_assessor

)

select
    compared.scheme,
    scheme_version,
    theme,
    first_assessor,
    second_assessor,
    pair_count,
    unclear_case_count,
    agreed_count,
    first_better_count,
    second_better_count,
    agreed_count / nullif(pair_count, 0) as agreed_share,
    measure.expected_share,
    measure.kappa,
    measure.linear_kappa,
    measure.quadratic_kappa,
    case
        when pair_count = 0 then 'every case that both judged is unclear'
        when measure.kappa is null then 'both gave one and the same grade to every case: chance would agree as well'
    end as kappa_reason,
    first_judged_on,
    last_judged_on,
    contributor_count,
    scheme_coverage.data_as_at
from compared
inner join scheme_coverage
    on compared.scheme = scheme_coverage.scheme
