-- Numbers of judgements by grade. A number that could not be read stays unknown.
-- Grain: item_key, grade. Reads: case_audits.
with

given as (

    select
        id,
        police_force,
        assessor,
        inspection,
        cases_stated,
        stack(
            4,
            'good', good,
            'adequate', adequate,
            'requires improvement', requires_improvement,
            'inadequate', inadequate
        ) as (grade, judgement_count)
    from case_audits

)

select
    id as item_key,
    'case_audit' as scheme,
    1 as scheme_version,
    grade,
    'handling of the case' as theme,
    if(assessor like 'HMIC%', 'inspectorate', 'force') as assessor,
    concat(police_force, if(assessor like '%further%', ', further cases', ', cases that the force audited')) as population,
    'unknown' as selection,
    to_date(regexp_extract(inspection, '([0-9]{4}-[0-9]{2}-[0-9]{2})', 1)) as judged_on,
    judgement_count,
    cases_stated as stated_case_count
from given
