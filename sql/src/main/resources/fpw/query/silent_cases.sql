-- In which open cases has nothing been recorded for longest?
-- Says: where to look first, by the days since the last activity that is recorded, or since the force became aware.
-- Cannot say: that nothing was done. It may not have been written down, or be recorded in a system that is no feed.
-- Restricted: rows are single cases.
-- Grain: milestones, case_key. Parameters: none.
select
    milestones,
    silent_days,
    is_never_recorded,
    last_recorded_on,
    last_item_kind,
    last_event,
    age_days,
    aware_on,
    case_key,
    ignored_event_count,
    silence_reason,
    data_as_at
from mart.case_silence
order by milestones asc, silent_days desc nulls first, case_key asc
