-- Which open cases have a step of which nothing is recorded, the longest known first?
-- Says: what to look for first, by the days since the force became aware.
-- Cannot say: that a step was not done. It may not have been written down, or be recorded in a system that is no feed.
-- Restricted: rows are single cases. For one step add a condition on step to a copy of this query.
-- Grain: milestones, case_key, step. Parameters: none.
select
    milestones,
    age_days,
    aware_on,
    case_key,
    step,
    step_title,
    status,
    data_as_at
from mart.case_milestone_open
where status = 'not recorded'
order by milestones asc, age_days desc, case_key asc, step_order asc
