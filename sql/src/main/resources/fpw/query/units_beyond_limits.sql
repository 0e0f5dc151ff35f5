-- Which units are graded otherwise than all units together by more than chance?
-- Says: for the last three financial years, each unit's share of cases with a grade or a better one, beside the limits
--   within which it would lie by chance (funnel plot), and how many units are compared: one in twenty lies beyond the
--   95 % limits and one in five hundred beyond the 99.8 % limits by chance alone.
-- Cannot say: why a unit differs, or which is best: units within the limits do not differ evidently, in whatever order
--   they are. Where is_rough, too few cases stand behind the limits.
-- Null: limits where limits_reason says why. A force whose grading queries return no unit has no rows.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, period, grade, unit. Parameters: none.
select
    scheme,
    scheme_version,
    population,
    selection,
    theme,
    assessor,
    period,
    grade as grade_or_better,
    unit,
    case_count,
    case_total_count,
    share,
    all_share,
    low_95,
    high_95,
    low_998,
    high_998,
    position,
    is_rough,
    unit_count,
    limits_reason,
    is_partial
from mart.grading_funnel
where period_start_on > data_as_at - interval 3 year
order by scheme, scheme_version, population, selection, theme, assessor, period_start_on, grade_rank, unit
