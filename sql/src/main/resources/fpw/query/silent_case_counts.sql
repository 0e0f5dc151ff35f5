-- How many open cases have been silent for more than 28, 56, 91 and 182 days?
-- Says: how many have no recorded activity for so long, and of how many none was ever recorded. Rows are nested: do not add them.
-- Cannot say: that nothing was done in them, nor which cases they are (mart.case_silence, restricted).
-- Grain: milestones, silent_over_days. Parameters: none.
select
    milestones,
    milestones_title,
    silent_over_days,
    open_case_count,
    silent_case_count,
    never_recorded_count,
    unknown_case_count,
    unknown_reason,
    contributor_count,
    data_as_at
from mart.case_silence_count
order by milestones asc, silent_over_days asc
