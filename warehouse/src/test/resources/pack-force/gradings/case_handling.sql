-- Judgements of how a case was handled, as the pack case_grading wants them. Grain: item_key. Reads: audits.
select
    audit as item_key,
    case_ref as case_key,
    'case_handling' as scheme,
    case form when 'CP1' then 1 when 'CP2' then 2 end as scheme_version,
    lower(replace(outcome, ' ', '_')) as grade,
    lower(replace(aspect, ' ', '_')) as theme,
    case graded_by when 'QA' then 'force' when 'HMICFRS' then 'inspectorate' end as assessor,
    case unit when 'CPT' then 'child_protection' when 'CSE' then 'sexual_exploitation' end as population,
    case drawn when 'LOTTERY' then 'random' when 'PICKED' then 'purposive' else 'unknown' end as selection,
    graded_on as judged_on
from audits
