-- Do two assessors give the same grades to the same cases?
-- Says: how many of the cases that both judged got the same grade, which of the two is kinder, and how far they agree beyond chance (kappa).
-- Cannot say: who of them is right; nor anything of assessors who judged different cases.
-- Grain: scheme, scheme_version, theme, first_assessor, second_assessor. Parameters: none.
select
    scheme,
    scheme_version,
    theme,
    first_assessor,
    second_assessor,
    pair_count,
    agreed_count,
    first_better_count,
    second_better_count,
    agreed_share,
    expected_share,
    kappa,
    linear_kappa,
    quadratic_kappa,
    kappa_reason
from mart.grading_agreement
order by scheme, scheme_version, theme, first_assessor, second_assessor
