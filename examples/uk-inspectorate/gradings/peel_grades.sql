-- Grades of pillars and areas of a force. 'Not yet graded' is let through, to be counted among what was left out.
-- Grain: item_key. Reads: peel_grades.
select
    id as item_key,
    concat(police_force, ': ', area) as case_key,
    'peel' as scheme,
    if(scale_tiers = 4, 1, 2) as scheme_version,
    lower(grade) as grade,
    level as theme,
    'inspectorate' as assessor,
    concat(police_force, ', PEEL ', cycle, if(page_state like 'interim%', ' (interim page)', '')) as population,
    if(page_state like 'interim%', 'unknown', 'all') as selection,
    case cycle
        when '2018/19' then date '2019-03-31'
        when '2023-25' then date '2025-05-14'
        else make_date(cast(cycle as int), 12, 31)
    end as judged_on
from peel_grades
where
    level in ('pillar', 'area')
    and police_force not like '%forces)'
