-- Judgements of cases.
-- Grain: item_key. Reads: audits.
select
    audit_id as item_key,
    case_ref as case_key,
    scheme,
    scheme_version,
    grade,
    theme,
    assessor,
    population,
    selection,
    judged_on,
    if(case_ref like 'case %', concat('division ', right(case_ref, 1)), null) as unit
from audits
where grade is not null
