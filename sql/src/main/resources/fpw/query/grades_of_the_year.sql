-- How were cases graded, and what may chance have done to the shares?
-- Says: for one financial year, or for the last one that is over and the one that is not, the share of each grade, with
--   its 95 % interval and the change since the period before where they mean something. About one in twenty changes has
--   an interval without 0 by chance alone: choose the comparison before looking.
-- Cannot say: anything of other cases where somebody picked those that were judged; the reason then stands in place of
--   the interval.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, period, grade. Parameters: period.
-- Parameter: period, text. Only this financial year, such as 2014/15; the last two unless given.
select
    scheme,
    scheme_version,
    population,
    selection,
    theme,
    assessor,
    period,
    grade,
    judgement_count,
    judgement_total_count,
    share,
    share_low,
    share_high,
    interval_reason,
    share_change,
    share_change_low,
    share_change_high,
    change_reason,
    adds_up,
    is_partial
from mart.grading_share
where
    period_kind = 'financial year'
    and case
        when :period is null then period_end_on > data_as_at - interval 1 year
        else period = :period
    end
order by scheme, scheme_version, population, selection, theme, assessor, period_start_on, grade_rank
