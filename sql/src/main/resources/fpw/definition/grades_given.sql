-- mart.grading_share: how often each grade was given, to how many cases, and by how many cases or people behind them, by quarter and by financial year, which begins in April. A grade that was not given has no row here, and 0 in
-- the mart; where a source gives counts of judgements, one that is not known makes the count of its grade unknown, and nothing is known of single cases.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on, grade. Reads: grading.
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

compared as (

    select
        *,
        if(bool_or(gives_counts) over shown_together, null, count(distinct case_key) over shown_together) as case_total_count
    from judged
    window shown_together as (partition by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on)

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
    if(bool_or(judgement_count is null), null, sum(judgement_count)) as judgement_count,
    if(any_value(case_total_count) is null, null, count(distinct case_key)) as case_count,
    any_value(case_total_count) as case_total_count,
    count(distinct contributor_key) filter (coalesce(judgement_count, 1) > 0) as contributor_count
from compared
group by all
