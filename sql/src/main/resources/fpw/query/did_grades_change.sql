-- Did grades change from one period to the next, by more than chance?
-- Says: for the last three financial years and the last eight quarters, the test (Fisher's exact) of all grades of a
--   period against those of the last earlier one, each case once with its last judgement, and what it finds. The
--   finding goes by p times the number of tests made of that series (below 0.05).
-- Cannot say: whether grades got better or worse (grade_trends, mart.grading_case_share); anything of other cases where
--   somebody picked those that were judged.
-- Null: p where there is no test; finding says why.
-- Grain: scheme, scheme_version, population, selection, theme, assessor, period_kind, period. Parameters: none.
select
    scheme,
    scheme_version,
    population,
    selection,
    theme,
    assessor,
    period_kind,
    period,
    previous_period,
    case_total_count,
    previous_case_total_count,
    repeated_case_count,
    fisher_p as p,
    comparison_count,
    fisher_p_adjusted as p_adjusted,
    case
        when not is_available then unavailable_reason
        when fisher_p is null then test_reason
        when fisher_p_adjusted < 0.05 then 'graded otherwise than before'
        else 'no evident change'
    end as finding,
    is_partial
from mart.grading_change
where
    (period_kind = 'financial year' and period_start_on > data_as_at - interval 3 year)
    or (period_kind = 'quarter' and period_start_on > data_as_at - interval 2 year)
order by scheme, scheme_version, population, selection, theme, assessor, period_kind, period_start_on
