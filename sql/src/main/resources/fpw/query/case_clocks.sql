-- Which open cases have waited longest, in whatever queue they or their devices stand?
-- Says: the days on which a queue held the case or an item of it, each day once, and where it has waited longest now.
-- Cannot say: that somebody worked on a case while it stood in no queue. A case with no wait and a long age is one to look at.
-- Restricted: rows are single cases.
-- Grain: milestones, case_key. Parameters: none.
select
    milestones,
    clock_days,
    waiting_days_now,
    waiting_since_on,
    longest_stage,
    longest_stage_days,
    open_queue_count,
    waiting_item_count,
    age_days,
    aware_on,
    case_key,
    clock_reason,
    data_as_at
from mart.case_clock
order by milestones asc, clock_days desc nulls first, age_days desc, case_key asc
