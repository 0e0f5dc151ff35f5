-- Judgements of how a case was handled. Grain: item_key. Reads: case_audits.
select
    audit as item_key,
    case_ref as case_key,
    case_ref as contributor_key,
    'case_audit' as scheme,
    cast(scheme_version as int) as scheme_version,
    grade,
    theme,
    assessor,
    population,
    selection,
    judged_on
from case_audits
