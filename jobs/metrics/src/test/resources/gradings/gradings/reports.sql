-- Numbers of judgements; a grade that the report does not mention has no row.
-- Grain: item_key, grade. Reads: reports.
with

given as (

    select
        report_id,
        assessor,
        stated,
        stack(4, 'good', good, 'adequate', adequate, 'requires improvement', requires_improvement, 'inadequate', inadequate) as (grade, judgement_count)
    from reports

)

select
    report_id as item_key,
    'case_audit' as scheme,
    1 as scheme_version,
    grade,
    'handling' as theme,
    assessor,
    'audited cases' as population,
    'all' as selection,
    date '2014-12-01' as judged_on,
    nullif(judgement_count, -9) as judgement_count,
    stated as stated_case_count
from given
where judgement_count is not null
