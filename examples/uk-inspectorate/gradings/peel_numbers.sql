-- Numbers of like grades.
-- Grain: item_key, grade. Reads: peel_grades.
select
    id as item_key,
    'peel' as scheme,
    if(scale_tiers = 4, 1, 2) as scheme_version,
    lower(grade) as grade,
    if(police_force like '%forces)', 'efficiency', 'area') as theme,
    'inspectorate' as assessor,
    concat(police_force, ', PEEL ', cycle) as population,
    'all' as selection,
    if(cycle = '2014', date '2014-12-31', date '2022-03-31') as judged_on,
    cast(regexp_extract(area, '([0-9]+)', 1) as int) as judgement_count,
    cast(regexp_extract(if(police_force like '%forces)', police_force, level), '([0-9]+)', 1) as int) as stated_case_count
from peel_grades
where
    level like 'counts%'
    or police_force like '%forces)'
