-- Do grades get better or worse over the years?
-- Says: over all whole financial years of a series, whether cases are graded better and better, or worse and worse, by
--   more than chance: for all grades together by their rank, and for the share of each grade or a better one
--   (Cochran-Armitage; exact where few cases are expected). The finding goes by p times the number of tests (below
--   0.05). The first year is whole only if the source did not begin in it: first_judged_on.
-- Cannot say: why; nor that nothing changed where there is no trend: grades that fall and rise again show none
--   (did_grades_change).
-- Null: p where there is no test; finding says why.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, grade. Parameters: none.
select
    scheme,
    scheme_version,
    population,
    selection,
    theme,
    assessor,
    first_period,
    first_judged_on,
    last_period,
    period_count,
    case_total_count,
    grade as grade_or_better,
    first_share,
    last_share,
    first_mean_rank,
    last_mean_rank,
    z,
    p,
    p_method,
    comparison_count,
    case
        when p is null then test_reason
        when p * comparison_count >= 0.05 then 'no evident trend'
        when (z > 0) = (grade_rank > 0) then 'better'
        else 'worse'
    end as finding
from mart.grading_trend
where period_kind = 'financial year'
order by scheme, scheme_version, population, selection, theme, assessor, grade_rank
