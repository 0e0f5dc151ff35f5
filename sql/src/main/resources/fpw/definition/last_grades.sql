-- mart.grading_case_share: the cases whose judgements of the latest day of a period gave a grade, all cases of the
-- period that have one, those whose judgements of that day differ, and the contributors behind a grade; by
-- quarter and by financial year, which begins in April. A grade that no case got has no row here, and 0 in the mart.
-- Series with a source that gives counts have no rows.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on, grade. Reads:
-- grading.
with

judged as (

    select
        *,
        'quarter' as period_kind,
        cast(date_trunc('quarter', judged_on) as date) as period_start_on
    from grading
    union all
    select
        *,
        'financial year',
        cast(date_trunc('year', judged_on - interval 3 month) + interval 3 month as date)
    from grading

),

of_cases as (

    select
        *,
        judged_on = max(judged_on) over (
            partition by
                scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on, case_key
        ) as is_latest
    from judged
    qualify not bool_or(gives_counts) over (
        partition by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on
    )

),

last_of_case as (

    select
        scheme,
        scheme_version,
        population,
        selection,
        theme,
        assessor,
        period_kind,
        period_start_on,
        case_key,
        any_value(grade) as grade,
        count(distinct grade) > 1 as is_unclear,
        max(contributor_key) as contributor_key
    from of_cases
    where is_latest
    group by all

),

counted as (

    select
        *,
        count(*) filter (not is_unclear) over shown_together as case_total_count,
        count(*) filter (is_unclear) over shown_together as unclear_case_count
    from last_of_case
    window shown_together as (
        partition by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on
    )

)

select
    scheme,
    scheme_version,
    population,
    selection,
    theme,
    assessor,
    period_kind,
    period_start_on,
    grade,
    count(*) as case_count,
    any_value(case_total_count) as case_total_count,
    any_value(unclear_case_count) as unclear_case_count,
    count(distinct contributor_key) as contributor_count
from counted
where not is_unclear
group by all
