-- The latest verdict on each case.
-- Grain: item_key. Reads: verdicts.
with

numbered as (

    select
        case_ref,
        verdict,
        judged_on,
        row_number() over (partition by case_ref order by judged_on desc, line desc) as n
    from verdicts

)

select
    case_ref as item_key,
    'case_audit' as scheme,
    1 as scheme_version,
    verdict as grade,
    'handling' as theme,
    'force' as assessor,
    'all cases' as population,
    'all' as selection,
    judged_on
from numbered
where n = 1
